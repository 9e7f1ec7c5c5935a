"""Every sentence about a codebook and the columns it names: severity, English, Chinese."""

CODEBOOK = {
    "no_folder": (
        "error",
        "there is no such folder. Check its name.",
        "找不到这个文件夹。请检查名称。",
    ),
    "no_codebook": (
        "error",
        "the folder has no datapackage.json, the codebook that names scale, items and dimensions. `course data map` writes "
        "one from an export.",
        "文件夹里没有 datapackage.json（说明量表、题目和维度的数据说明）。可用 course data map 由导出文件生成。",
    ),
    "codebook_unreadable": (
        "error",
        "the codebook is no valid JSON in UTF-8 ({why}). Correct that place.",
        "数据说明不是有效的 UTF-8 JSON（{why}）。请改正该处。",
    ),
    "codebook_shape": (
        "error",
        "in the codebook, {at} must be {must}; it is {found}. Correct it.",
        "数据说明中的“{at}”应该是：{must}；现在是 {found}。请改正。",
    ),
    "path_refused": (
        "error",
        "the codebook names this file, but {why}. Write the path of {expected}.",
        "数据说明里写着这个文件，但是{why}。请写{expected}。",
    ),
    "no_survey": (
        "error",
        "the codebook describes no table that a lesson reads. Add the survey 'servqual' with respondent, branch and the "
        "perception items, or name the tables of a ledger as the course does (README).",
        "数据说明里没有任何一课能用的表。请补上问卷 'servqual'（受访者、网点和感知题），或把客户、流水等表按课程的名称命名（见 README）。",
    ),
    "missing_column": (
        "error",
        "the table has no column '{found}', which the lessons need.{hint} Rename it, or let `course data map` match the columns.",
        "表中缺少课程必需的列“{found}”。{hint}请改列名，或用 course data map 对应各列。",
    ),
    "absent_column": (
        "notice",
        "the codebook names the column '{found}', the file lacks it. What needs it is left out.",
        "数据说明里有“{found}”列，文件里没有。需要它的部分将略过。",
    ),
    "unknown_column": (
        "notice",
        "the codebook does not name this column; it is not used. Add it to the codebook if it should be.",
        "数据说明里没有这一列，不会使用。如要使用，请写进数据说明。",
    ),
    "unknown_file": (
        "notice",
        "the codebook does not name this file; it is not used.",
        "数据说明没有提到这个文件，不会使用。",
    ),
    "personal": (
        "notice",
        "by its heading this column holds a {what}. Leave it out before the folder goes to anyone.",
        "从表头看，这一列是{what}。把文件夹交给别人之前请删去。",
    ),
}

LESSONS = {
    "file_name": (
        "repair",
        "the lessons tell Parquet by the name's ending .parquet and take all else for CSV; this is {found}. Rename it.",
        "课程按扩展名 .parquet 识别 Parquet，其余当作 CSV；这个文件其实是 {found}。请改文件名。",
    ),
    "file_type": (
        "repair",
        "the lessons read CSV (UTF-8) and Parquet; this is {found}. Save it as “CSV UTF-8”.",
        "课程读取 CSV（UTF-8）和 Parquet；这个文件是 {found}。请另存为“CSV UTF-8”。",
    ),
}
