"""Every sentence about a column, a row or a value: its severity, English, Chinese."""

from pathlib import Path

import yaml

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

TABLES = yaml.safe_load(Path(__file__).with_name("sentences_tables.yml").read_text(encoding="utf-8"))
VALUES = NUMBERS | DATES | ROWS | TABLES
