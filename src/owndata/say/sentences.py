"""Every sentence about a file as a whole: its severity, English, Chinese. The place is said before it."""

from owndata.say.sentences_codebook import CODEBOOK, LESSONS
from owndata.say.sentences_values import VALUES

FILES = {
    "absent": (
        "error",
        "there is no such file. Check the name and the folder.",
        "找不到这个文件。请检查文件名和所在文件夹。",
    ),
    "not_a_file": (
        "error",
        "this is a folder, not a file. Name one file in it.",
        "这是文件夹，不是文件。请写出其中一个文件。",
    ),
    "not_regular": (
        "error",
        "this is no plain file but a pipe, a socket or a device, which may never end. Name a file that was saved.",
        "这不是普通文件，而是管道、套接字或设备，可能永远读不完。请写出一个已保存的文件。",
    ),
    "no_access": (
        "error",
        "it cannot be opened ({why}). Close it in other programs and check that you may read it.",
        "无法打开（{why}）。请先在其他程序中关闭它，并确认你有读取权限。",
    ),
    "empty_file": (
        "error",
        "the file is empty (0 bytes). Export it again.",
        "文件是空的（0 字节）。请重新导出。",
    ),
    "no_table": (
        "error",
        "no cell in it is filled. Export it again, or choose another file.",
        "里面没有任何内容。请重新导出，或换一个文件。",
    ),
    "header_only": (
        "error",
        "it has headings but not one row of data. Export it again with the answers.",
        "只有表头，没有一行数据。请连同答卷重新导出。",
    ),
    "too_big": (
        "error",
        "it is too large: {found}, at most {expected}. Split it, or export only the columns you need.",
        "文件过大：{found}，最多 {expected}。请拆分，或只导出需要的列。",
    ),
    "too_wide": (
        "error",
        "it has {found} columns, at most {expected} can be read. Export only the columns you need.",
        "共有 {found} 列，最多只能读 {expected} 列。请只导出需要的列。",
    ),
    "other_kind": (
        "error",
        "whatever its name says, this is {what}. {advice}",
        "不管文件名怎么写，它其实是{what}。{advice}",
    ),
    "locked": (
        "error",
        "the workbook is locked with a password. Open it in Excel or WPS, remove the password (File → Info → Protect "
        "Workbook) and save it again.",
        "工作簿设了打开密码。请用 Excel 或 WPS 打开，在“文件→信息→保护工作簿”中去掉密码后另存。",
    ),
    "damaged": (
        "error",
        "the file is damaged or cut short and cannot be read ({why}). Export or copy it again.",
        "文件已损坏或不完整，无法读取（{why}）。请重新导出或复制。",
    ),
    "mixed_encodings": (
        "error",
        "line {utf} is written in UTF-8, line {other} in another encoding. Two files were probably joined: save each as "
        "“CSV UTF-8” first, then join them.",
        "第 {utf} 行用的是 UTF-8 编码，第 {other} 行却是另一种编码。可能是两个文件拼接而成：请先各自另存为"
        "“CSV UTF-8”，再合并。",
    ),
    "unknown_encoding": (
        "error",
        "line {line} is neither UTF-8 nor GB18030. Open the file in Excel or WPS and save it as “CSV UTF-8”.",
        "第 {line} 行既不是 UTF-8 也不是 GB18030 编码。请用 Excel 或 WPS 打开，另存为“CSV UTF-8”。",
    ),
    "endless_line": (
        "error",
        "line {line} runs on for more than {expected} characters without an end. The line breaks are lost: export the "
        "file again.",
        "第 {line} 行超过 {expected} 个字符还没有换行。换行符丢失了：请重新导出。",
    ),
    "far_cell": (
        "error",
        "cell {found} is filled, far away from the other {count} filled cells, so the sheet would have {expected} cells. "
        "Press Ctrl+End to go there, delete the empty rows and columns before it, and save.",
        "单元格 {found} 里有内容，离其余 {count} 个有内容的单元格很远，整张表会有 {expected} 个单元格。请按 Ctrl+End 跳到那里，"
        "删去中间的空行和空列，再保存。",
    ),
    "too_slow": (
        "error",
        "the workbook could not be read within {expected} seconds: it is damaged, or a cell far away from the table is "
        "filled (Ctrl+End goes there). Clear that cell and save, or save the table as “CSV UTF-8”.",
        "工作簿在 {expected} 秒内没有读完：文件已损坏，或者离表格很远的地方有单元格填了内容（按 Ctrl+End 可跳到那里）。"
        "请清除那一格再保存，或把表另存为“CSV UTF-8”。",
    ),
    "quote": (
        "error",
        'a quotation mark (") is out of place or never closed, so it is unclear where the cell ends. Correct it, or '
        "export the file again as .xlsx.",
        '有一个引号（"）位置不对或没有配对，看不出单元格到哪里结束。请改正，或重新导出为 .xlsx。',
    ),
}

SHAPE = {
    "other_sheets": (
        "notice",
        "the workbook has {count} sheets; the first one that is not empty, '{found}', was read. To use another, save it as a "
        "file of its own.",
        "工作簿有 {count} 张工作表，读取的是第一张非空的“{found}”。如要用另一张，请单独存为一个文件。",
    ),
    "encoding": (
        "repair",
        "the text is written in {found}; it was read as such. The lessons need UTF-8: save it as “CSV UTF-8”.",
        "文字编码是 {found}，已按此读取。课程需要 UTF-8：请另存为“CSV UTF-8”。",
    ),
    "odd_characters": (
        "error",
        "read as {found}, many characters are rare ones, so the encoding is probably another (Big5, for instance). Open it in "
        "Excel or WPS, look whether the Chinese reads well, and save it as “CSV UTF-8”.",
        "按 {found} 读出的多是生僻字，编码很可能不对（例如其实是 Big5）。请用 Excel 或 WPS 打开，确认中文正常后"
        "另存为“CSV UTF-8”。",
    ),
    "damaged_text": (
        "error",
        "it holds '{found}': characters were lost when the file was saved in a wrong encoding. Export it again from the "
        "source.",
        "出现“{found}”：文件曾以错误的编码保存，文字已丢失。请从原系统重新导出。",
    ),
    "delimiter": (
        "repair",
        "the cells are separated by {name}; they were read so. The lessons need commas: save it as “CSV UTF-8”.",
        "单元格用{name}分隔，已按此读取。课程需要逗号分隔：请另存为“CSV UTF-8”。",
    ),
    "wide_comma": (
        "error",
        "the line is one single cell with full-width commas (，) in it. If these separate the cells, replace them by "
        "half-width commas (,).",
        "整行只有一个单元格，里面有全角逗号（，）。如果它是分隔符，请替换成半角逗号（,）。",
    ),
    "one_column": (
        "notice",
        "the table has a single column. If there should be more, export it again with commas.",
        "整张表只有一列。如果不应如此，请用逗号分隔重新导出。",
    ),
    "separator_line": (
        "repair",
        "the first line '{found}' only tells Excel the separator. Delete it.",
        "第一行“{found}”只是告诉 Excel 用什么分隔符。请删去。",
    ),
    "nul": (
        "error",
        "it holds NUL bytes (invisible, from a broken transfer); they were left out. Export the file again.",
        "含有 NUL 字节（看不见，多因传输出错），读取时已略去。请重新导出。",
    ),
    "title_line": (
        "repair",
        "the row '{found}' stands above the headings; it was passed over. Delete it, so that the first row holds the headings.",
        "表头上方有一行“{found}”，读取时已跳过。请删去，让第一行就是表头。",
    ),
    "blank_above": (
        "repair",
        "the headings stand in this row, with empty rows above. Delete those.",
        "表头在这一行，上面有空行。请删去空行。",
    ),
    "no_heading": (
        "error",
        "this column has no heading; it was named '{column}'. Write its heading.",
        "这一列没有表头，暂称“{column}”。请补上表头。",
    ),
    "same_heading": (
        "error",
        "the heading '{found}' occurs more than once; this one was named '{column}'. Give each column its own heading.",
        "表头“{found}”重复出现，这一列暂称“{column}”。请给每一列不同的表头。",
    ),
    "heading_spaces": (
        "repair",
        "the heading has blanks or line breaks around or in it; it was read as '{column}'. Remove them.",
        "表头里有多余的空格或换行，已读作“{column}”。请去掉。",
    ),
    "numbers_as_headings": (
        "error",
        "the first row looks like data, not like headings ('{found}'). Put a row of headings above it.",
        "第一行像数据，不像表头（“{found}”）。请在上面加一行表头。",
    ),
    "short_row": (
        "error",
        "the row has {found} cells, the headings {expected}; the missing ones were taken as empty. Look whether cells have "
        "moved.",
        "这一行有 {found} 个单元格，表头有 {expected} 个，缺的当作空白。请检查单元格是否错位。",
    ),
    "long_row": (
        "error",
        "the row has {found} cells, the headings {expected}; the last ones were left out. A comma in a text without quotation "
        "marks does this: correct it.",
        "这一行有 {found} 个单元格，表头只有 {expected} 个，多出的没有读入。常因文字里有逗号却没加引号：请改正。",
    ),
    "blank_rows": (
        "notice",
        "the row is empty; it was passed over. Nothing need be done.",
        "这一行是空行，已跳过，不必处理。",
    ),
    "heading_again": (
        "repair",
        "the row repeats the headings; it was passed over. Delete it.",
        "这一行重复了表头，已跳过。请删去。",
    ),
    "total_row": (
        "repair",
        "the row starts with '{found}', so it is a total and no answer; it was passed over. Delete it.",
        "这一行以“{found}”开头，是汇总行，不是答卷，已跳过。请删去。",
    ),
    "footnote": (
        "repair",
        "the row '{found}' is a note and no answer; it was passed over. Delete it.",
        "“{found}”是说明文字，不是答卷，已跳过。请删去这一行。",
    ),
    "merged": (
        "error",
        "the cells {found} are merged; only the first one has a value, the others were read as empty. Unmerge them and "
        "fill each.",
        "单元格 {found} 是合并的，只有第一格有值，其余读作空白。请取消合并并逐格填好。",
    ),
    "excel_error": (
        "error",
        "cell {found} holds an Excel error such as #N/A or #DIV/0!; it was read as empty. Correct its formula or clear it.",
        "单元格 {found} 是 Excel 错误值（如 #N/A、#DIV/0!），读作空白。请改正公式或清空。",
    ),
    "formula_without_value": (
        "error",
        "cell {found} holds a formula whose result was not saved; it was read as empty. Open the workbook in Excel or WPS and "
        "save it once.",
        "单元格 {found} 是公式，但没有保存计算结果，读作空白。请用 Excel 或 WPS 打开并保存一次。",
    ),
    "formula": (
        "notice",
        "cell {found} and perhaps others hold formulas; the saved results were read.",
        "单元格 {found}（可能还有其他）是公式，读取的是已保存的计算结果。",
    ),
    "long_number": (
        "error",
        "'{found}' is a number of 16 digits or more; Excel keeps 15, so the last ones are lost. Export such ids as text.",
        "“{found}”是 16 位以上的数字，Excel 只保留 15 位，末尾几位已丢失。请把这类编号导出为文本。",
    ),
    "bytes": (
        "error",
        "this column holds bytes, not text. Export it as text (UTF-8).",
        "这一列存的是字节，不是文字。请导出为 UTF-8 文字。",
    ),
    "nested": (
        "error",
        "this column holds lists or records, not single values. Export one value a cell.",
        "这一列是列表或嵌套结构，不是单个值。请导出为一格一个值。",
    ),
    "hidden_sheet": (
        "notice",
        "the sheet that was read, '{found}', is hidden in the workbook.",
        "读取的工作表“{found}”在工作簿中是隐藏的。",
    ),
}

SENTENCES = FILES | SHAPE | LESSONS | CODEBOOK | VALUES
WHOLE = FILES | SHAPE | LESSONS  # once these are mended, many others go with them
