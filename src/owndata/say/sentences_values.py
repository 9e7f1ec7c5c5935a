"""Every sentence about a column, a row or a value: its severity, English, Chinese."""

NUMBERS = {
    "off_scale": (
        "error",
        "it holds '{found}', which is off the scale ({expected}). Correct it or leave it empty.",
        "这里是“{found}”，超出量表范围（{expected}）。请改正，或留空。",
    ),
    "off_range": (
        "error",
        "it holds '{found}'; allowed is {expected}. Correct it or leave it empty.",
        "这里是“{found}”，允许的是 {expected}。请改正，或留空。",
    ),
    "negative": (
        "error",
        "it holds '{found}', but a duration or a count cannot be negative. Correct it or leave it empty.",
        "这里是“{found}”，但时长或数量不能为负。请改正，或留空。",
    ),
    "negative_amount": (
        "error",
        "it holds '{found}', an amount below 0: a cancellation or a refund? Leave it out together with the transaction that it "
        "reverses; which direction money goes is said by `kind`, not by a sign.",
        "这里是“{found}”，金额小于 0：是撤销或退款吗？请把它和被冲正的那一笔一起去掉；钱的进出由 kind 说明，不用正负号。",
    ),
    "birth_year": (
        "error",
        "it holds '{found}', which is no year of birth ({expected}). Write four digits; 1900 and 9999 stand for “unknown”: "
        "look it up, or leave the customer out.",
        "这里是“{found}”，不是出生年份（{expected}）。请写四位数；1900、9999 之类表示“不详”：请查清，或不要列入这位客户。",
    ),
    "not_whole": (
        "error",
        "it holds '{found}'; a whole number is expected ({expected}). Correct it or leave it empty.",
        "这里是“{found}”，应为整数（{expected}）。请改正，或留空。",
    ),
    "not_number": (
        "error",
        "it holds '{found}', which is no number ({expected} is expected). Correct it or leave it empty.",
        "这里是“{found}”，不是数字（应为 {expected}）。请改正，或留空。",
    ),
    "several_answers": (
        "error",
        "it holds '{found}': several answers in one cell, where one number is expected ({expected}). Was the question meant "
        "as multiple choice? Keep one answer or leave it empty.",
        "这里是“{found}”：一格里有多个选项，而这里应是一个数字（{expected}）。这题是多选题吗？请保留一个或留空。",
    ),
    "date_for_number": (
        "error",
        "it holds '{found}': Excel has made a date of it, where a number is expected ({expected}). Look up the answer in the source.",
        "这里是“{found}”：Excel 把它变成了日期，而这里应是数字（{expected}）。请到原始数据中查对。",
    ),
    "decimal_comma": (
        "error",
        "it holds '{found}': a decimal comma or a thousands separator? Write it without a comma.",
        "这里是“{found}”：逗号是小数点还是千位分隔符？请写成不带逗号的数。",
    ),
    "formula_text": (
        "error",
        "it holds '{found}', a formula as text; it is not computed. Write its result.",
        "这里是“{found}”，是文本形式的公式，不会计算。请写上结果。",
    ),
    "skip_code": (
        "repair",
        "it holds the platform's code '{found}' for skipped or not shown; it would be read as not answered. Leave the cell empty.",
        "这里是平台表示跳过或未显示的代码“{found}”，会读作未作答。请留空。",
    ),
    "missing_word": (
        "repair",
        "it holds '{found}'; it would be read as empty. Leave the cell empty.",
        "这里是“{found}”，会读作空白。请留空。",
    ),
    "answer_word": (
        "repair",
        "it holds the answer in words, '{found}'. `course data map` turns words into numbers ({expected}); or write the number.",
        "这里是文字答案“{found}”。course data map 可把文字换成数字（{expected}），也可以直接改成数字。",
    ),
    "percent": ("repair", "it holds '{found}'; it would be read as {read}. Write the number.", "这里是“{found}”，会读作 {read}。请写成数字。"),
    "thousands": (
        "repair",
        "it holds '{found}' with a thousands separator; it would be read as {read}. Write the number without it.",
        "这里是“{found}”，带千位分隔符，会读作 {read}。请去掉分隔符。",
    ),
    "wide": (
        "repair",
        "it holds '{found}' in full-width characters; it would be read as {read}. Write half-width ones.",
        "这里是全角字符“{found}”，会读作 {read}。请改用半角。",
    ),
    "spaces": (
        "repair",
        "it holds '{found}' with blanks or invisible characters; it would be read as {read}. Remove them.",
        "这里是“{found}”，含有空格或不可见字符，会读作 {read}。请去掉。",
    ),
    "unit": (
        "repair",
        "it holds '{found}' with a unit; it would be read as {read}. Write the number alone.",
        "这里是“{found}”，带有单位，会读作 {read}。请只写数字。",
    ),
    "labelled": (
        "repair",
        "it holds '{found}', a number with its label; it would be read as {read}. Write the number alone.",
        "这里是“{found}”，数字带着选项文字，会读作 {read}。请只写数字。",
    ),
    "numeral": (
        "repair",
        "it holds '{found}'; it would be read as {read}. Write it in digits.",
        "这里是“{found}”，会读作 {read}。请写成阿拉伯数字。",
    ),
}  # fmt: skip

DATES = {
    "date_style": (
        "repair",
        "it holds '{found}'; it would be read as {read}. Write dates like 2025-03-31.",
        "这里是“{found}”，会读作 {read}。日期请写成 2025-03-31 这样。",
    ),
    "date_serial": (
        "repair",
        "it holds '{found}', Excel's number for a day; it would be read as {read}. Format the column as a date and save again.",
        "这里是“{found}”，是 Excel 的日期序列号，会读作 {read}。请把该列设为日期格式后重新保存。",
    ),
    "date_ambiguous": (
        "error",
        "it holds '{found}': day or month first? Write dates like 2025-03-31.",
        "这里是“{found}”：看不出先写日还是先写月。日期请写成 2025-03-31 这样。",
    ),
    "date_impossible": (
        "error",
        "it holds '{found}', a day that does not exist. Correct it or leave it empty.",
        "这里是“{found}”，没有这一天。请改正，或留空。",
    ),
    "not_date": (
        "error",
        "it holds '{found}', which is no date. Write it like 2025-03-31 or leave it empty.",
        "这里是“{found}”，不是日期。请写成 2025-03-31 这样，或留空。",
    ),
    "date_six": (
        "error",
        "it holds '{found}', six digits: year, month and day, without the century? Write dates with four digits for the year, "
        "like {expected}.",
        "这里是“{found}”，六位数字：是年月日吗？看不出是哪个世纪。日期请写四位年份，如 {expected}。",
    ),
    "date_zone": (
        "error",
        "it holds '{found}', a time with its zone. Write the bank's own clock without a zone: the same moment is another day "
        "elsewhere.",
        "这里是“{found}”，带有时区。请改成银行当地的时间，不写时区：同一时刻在别的时区可能是另一天。",
    ),
    "above_whole": (
        "error",
        "it is {found}, more than {expected} in '{other}', of which it is a part. One of the two is wrong: correct it.",
        "这里是 {found}，多于「{other}」的 {expected}，而它只是其中一部分。两者必有一错，请改正。",
    ),
    "wait_of_nobody": (
        "error",
        "it is {found}, but '{other}' is 0: nobody came, so nobody waited. Leave out rows of days and weeks in which the "
        "branch was closed, or correct one of the two.",
        "这里是 {found}，但「{other}」是 0：没有人来，也就没有人等。停业的日子和周请不要写进表里，或者改正其中一个。",
    ),
    "date_order": (
        "error",
        "it is {found}, before {expected} in '{other}'. One of the two is wrong: correct it.",
        "这里是 {found}，早于「{other}」的 {expected}。两者必有一错，请改正。",
    ),
}

ROWS = {
    "required": (
        "error",
        "the cell is empty; a value is required. Fill it or delete the row.",
        "这一格是空的，但必须有值。请补上，或删去这一行。",
    ),
    "empty_column": (
        "error",
        "the whole column is empty. Export it again with its values.",
        "整列都是空的。请连同数值重新导出。",
    ),
    "empty_optional": (
        "notice",
        "the whole column is empty; what needs it is left out.",
        "整列都是空的；需要它的部分将略过。",
    ),
    "one_value": (
        "notice",
        "every answer in this column is '{found}'. Was the right column exported?",
        "这一列的答案全是“{found}”。导出的列对吗？",
    ),
    "duplicate": (
        "error",
        "'{found}' stands in row {other} already. Each one may occur once: delete one row or correct the id.",
        "“{found}”在第 {other} 行已出现过。每个编号只能出现一次：请删去一行或改正编号。",
    ),
    "duplicate_differs": (
        "error",
        "'{found}' stands in row {other} already, and the two rows differ. Each may occur once: find out which is right, or "
        "whether one of the ids is wrong. Nothing should be deleted before.",
        "“{found}”在第 {other} 行已出现过，但两行内容不同。每个编号只能出现一次：请查清哪一行是对的，或者是不是编号写错了，先不要删。",
    ),
    "week_again": (
        "error",
        "'{found}' stands in row {other} already, with another `week_start`: the weeks are numbered anew each year. Number them "
        "through (1, 2, … 53, 54 …), so that each week has its own number.",
        "“{found}”在第 {other} 行已出现过，而 week_start 不同：周次是每年从 1 重新编的。请连续编号（1、2、……53、54……），让每一周的号都不同。",
    ),
    "id_point_zero": (
        "error",
        "it holds '{found}'; elsewhere the id has no .0, which comes from saving ids as numbers. Export them as text: {read}.",
        "这里是“{found}”；别处的编号没有 .0，这是把编号存成数字造成的。请按文本导出，写成 {read}。",
    ),
    "joined_late": (
        "error",
        "the customer joined on {found}, after the first transaction on {expected}. One of the two is wrong: correct it.",
        "这位客户的开户日是 {found}，晚于第一笔交易 {expected}。两者必有一错，请改正。",
    ),
    "before_opening": (
        "error",
        "the first transaction is of {found}, before the first branch opened on {expected}. One of the two is wrong: correct it.",
        "第一笔交易是 {found}，早于最早一家网点的开业日期 {expected}。两者必有一错，请改正。",
    ),
    "equal_rows": (
        "error",
        "{found} of {expected} transactions are equal in every column to an earlier one. Was an export added twice? Leave the "
        "second one out.",
        "{expected} 笔交易中有 {found} 笔与前面某一笔完全相同。是不是同一份导出加了两次？请去掉重复的一份。",
    ),
    "single_events": (
        "notice",
        "every case has a single event, so no journey can be seen: lesson 02 needs the steps of a case one by one.",
        "每个个案只有一个事件，看不出旅程：第 02 课需要一个个案的各个步骤逐条记录。",
    ),
    "not_weeks": (
        "error",
        "from one row of a branch to its next it is {found} days, not 7. Lesson 16 reads weeks: export one row a branch and week.",
        "同一网点相邻两行隔了 {found} 天，不是 7 天。第 16 课按周来读：请导出每家网点每周一行。",
    ),
    "other_weekday": (
        "error",
        "this week begins on {found}, another weekday than most ({expected}). Let all weeks begin on the same weekday.",
        "这一周从 {found} 开始，与多数周（如 {expected}）不是同一个星期几。请让每一周都从同一个星期几开始。",
    ),
    "weeks_missing": (
        "notice",
        "branch {found} has no row for {count} of the weeks: {which}. Lesson 16 charts no change across such a gap, and what "
        "compares all branches week by week is left out. Add the weeks if they exist.",
        "网点 {found} 缺 {count} 周：{which}。第 16 课的控制图不跨缺口计算变化，逐周比较全部网点的部分将略过。如有这些周的数据，请补上。",
    ),
    "unit_jump": (
        "error",
        "some waits are about {found}, others about {expected}, with nothing in between: minutes beside seconds? Write all of "
        "them in one unit.",
        "有的等候时间在 {found} 左右，有的在 {expected} 左右，中间没有：是不是分钟和秒混在一起？请统一单位。",
    ),
    "same_row": (
        "notice",
        "but for its id the row is the same as row {other}. Was a questionnaire entered twice?",
        "除编号外，这一行与第 {other} 行完全相同。是不是同一份问卷录入了两次？",
    ),
    "orphan": (
        "error",
        "'{found}' does not occur in column '{other}' of {table}. Correct it there or here.",
        "“{found}”在 {table} 的「{other}」列中找不到。请改正其中一处。",
    ),
    "id_spaces": (
        "repair",
        "it holds '{found}' with blanks, full-width or invisible characters; it would be read as {read}. Write it so.",
        "这里是“{found}”，含有空格、全角或不可见字符，会读作 {read}。请照此改写。",
    ),
    "required_word": (
        "error",
        "it holds '{found}', which counts as empty, but a value is required. Fill it or delete the row.",
        "这里是“{found}”，等于空白，但这里必须有值。请补上，或删去这一行。",
    ),
    "id_number": (
        "error",
        "it holds '{found}': Excel has rounded a long number, so the id is lost. Export the ids as text.",
        "这里是“{found}”：Excel 把长数字四舍五入了，编号已丢失。请把编号导出为文本。",
    ),
    "points_sum": (
        "error",
        "the points of this row add up to {found}, not to {expected}. Correct them or leave all of them empty.",
        "这一行各维度的分数合计是 {found}，应为 {expected}。请改正，或全部留空。",
    ),
    "points_part": (
        "error",
        "some dimensions of this row have points, others none. Fill all (sum {expected}) or none.",
        "这一行只有部分维度有分数。请全部填写（合计 {expected}），或全部留空。",
    ),
    "not_listed": (
        "error",
        "it holds '{found}', which the codebook does not list ({expected}). Correct it or add it to the codebook.",
        "这里是“{found}”，数据说明里没有（现有 {expected}）。请改正，或写进数据说明。",
    ),
    "label_for_id": (
        "repair",
        "it holds '{found}'; it would be read as {read}. Write {read}.",
        "这里是“{found}”，会读作 {read}。请写成 {read}。",
    ),
    "contract": (
        "error",
        "it holds '{found}', which breaks the codebook's rule ({expected}). Correct the value or the rule.",
        "这里是“{found}”，不符合数据说明的规则（{expected}）。请改正该值或规则。",
    ),
    "alike": (
        "error",
        "the same in {found} more places.",
        "同样的问题还有 {found} 处。",
    ),
    "more": (
        "error",
        "there are {found} more problems. Mend these first, then check again.",
        "另有 {found} 个问题没有列出。请先改正以上问题，再检查一次。",
    ),
}

VALUES = NUMBERS | DATES | ROWS
