"""Whether a corrected mapping fits its file and holds together."""

from helpers.bank.language import WrongValue
from owndata.map import column_roles, questions


def judge(mapping, sheet):
    """Refuse a mapping that cannot be followed.

    Parameters
    ----------
    mapping : Mapping
        As `mapping.read` gives it.
    sheet : Sheet
        The export.

    Raises
    ------
    WrongValue
        At the first thing that is missing or contradicts itself; the sentence names column and remedy.
    """
    table = mapping.columns
    _headings(table, sheet)
    _single(table)
    for role, en, zh in (("branch", "branch", "网点"), ("perception", "perception item", "感知题")):
        if not (table["role"] == role).any():
            raise WrongValue(
                en=f"No column has the role '{en}', which is required. Choose it for one column of the mapping.",
                zh=f"还没有哪一列的角色是“{zh}”，这是必需的。请在映射表里选定一列。",
            )
    _items(table)
    _scale(table)
    _points(table)
    _words(mapping)
    _answered(mapping)


def _answered(mapping):
    """Nothing doubtful is read in silence."""
    still = questions.unanswered(mapping.questions)
    if still:
        first = still[0].sentence
        raise WrongValue(
            en=f"Open questions in the mapping: {len(still)}. The first: {first.en} Choose an answer to each on its red "
            "first sheet, save it, and run the same command again.",
            zh=f"映射表里还有 {len(still)} 个问题没有回答。第一个：{first.zh}请在第一张红色工作表里逐个选好回答，保存后再运行同一条命令。",
        )


def _headings(table, sheet):
    for heading in table["heading"]:
        if heading not in sheet.cells.columns:
            raise WrongValue(
                en=f"The mapping names the column '{heading}', which '{sheet.path.name}' does not have. "
                "Use the mapping of this very file, or make a new one.",
                zh=f"映射表里的列“{heading}”在 '{sheet.path.name}' 里没有。请用这个文件自己的映射表，或重新生成一份。",
            )


def _single(table):
    for role in column_roles.ONCE:
        twice = table.loc[table["role"] == role, "heading"].tolist()
        if len(twice) > 1:
            en, zh = column_roles.ROLES[role]
            raise WrongValue(
                en=f"Only one column can be '{en}'; both '{twice[0]}' and '{twice[1]}' are. Choose 'ignore' for one.",
                zh=f"只能有一列是“{zh}”；现在“{twice[0]}”和“{twice[1]}”都是。请把其中一列改为“忽略”。",
            )


def _items(table):
    """Every item has a number of its own, every perception a dimension, every expectation its perception."""
    numbers = {}
    for role in ("perception", "expectation"):
        rows = table[table["role"] == role]
        numbers[role] = {}
        for heading, number in zip(rows["heading"], rows["item"], strict=True):
            if not number or number in numbers[role]:
                other = numbers[role].get(number, "–")
                raise WrongValue(
                    en=f"Every item needs a number of its own, from 1; '{heading}' has {number} (like '{other}'). Number it.",
                    zh=f"每道题要有自己的题号，从 1 开始；“{heading}”的题号是 {number}（与“{other}”相同）。请改正。",
                )
            numbers[role][number] = heading
    bare = table[
        (table["role"] == "perception") & table["dimension_zh"].isna() & table["dimension_en"].isna()
    ]
    if len(bare):
        raise WrongValue(
            en=f"Every perception item belongs to a dimension; '{bare['heading'].iloc[0]}' has none. Name it in the mapping.",
            zh=f"每道感知题都要归入一个维度；“{bare['heading'].iloc[0]}”还没有。请在映射表里写上。",
        )
    if numbers["expectation"] and set(numbers["expectation"]) != set(numbers["perception"]):
        odd = min(set(numbers["expectation"]) ^ set(numbers["perception"]))
        raise WrongValue(
            en=f"Expectations and perceptions must go in pairs; item {odd} has only one of the two. "
            "Give both the same number, or ignore one.",
            zh=f"期望题和感知题要成对；第 {odd} 题只有其中一种。请给它们相同的题号，或忽略其中一列。",
        )


def _scale(table):
    items = table[table["role"].isin(("perception", "expectation"))]
    ends = items[["low", "high"]].drop_duplicates()
    low, high = ends.iloc[0]
    if len(ends) > 1 or low is None or high is None or low >= high:
        second = ends.iloc[-1].tolist()
        raise WrongValue(
            en=f"All items stand on one scale, lowest below highest; the mapping has {[low, high]} and {second}. "
            "Write the same two numbers for every item.",
            zh=f"所有题目要用同一把尺子，最低分小于最高分；映射表里有 {[low, high]} 和 {second}。请给每道题写上同样的两个数。",
        )


def _points(table):
    named = {name_of(row) for row in table[table["role"] == "perception"].to_dict("records")}
    rows = table[table["role"] == "points"]
    said = [name_of(row) for row in rows.to_dict("records")]
    for heading, name in zip(rows["heading"], said, strict=True):
        if name not in named or said.count(name) > 1:
            raise WrongValue(
                en=f"Importance points need the name of one dimension each; '{heading}' has {name or 'none'}. "
                "Write a dimension of the items, or ignore the column.",
                zh=f"每列重要性分配分要写明一个维度；“{heading}”写的是“{name or '空'}”。请写上题目所属的维度，或忽略这一列。",
            )


def name_of(row):
    """Return the name that tells the dimension of a row from others.

    Parameters
    ----------
    row : Series
        A row of `Mapping.columns`.

    Returns
    -------
    str
        The user's own name, else the English one.
    """
    return row["dimension_zh"] or row["dimension_en"] or ""


def _words(mapping):
    """Every word has a number on the scale of the columns that use it."""
    rated = mapping.columns[mapping.columns["role"].isin(column_roles.RATED)]
    for row in rated.to_dict("records"):
        if row["words"] and row["words"] not in mapping.words:
            raise WrongValue(
                en=f"'{row['heading']}' uses the word group {row['words']}, which the second sheet does not have. Correct it.",
                zh=f"“{row['heading']}”用的选项组 {row['words']} 在第二张工作表里没有。请改正。",
            )
        for word, number in mapping.words.get(row["words"], {}).items():
            if number == "?" or (
                number is not None and row["high"] and not row["low"] <= number <= row["high"]
            ):
                raise WrongValue(
                    en=f"The answer '{word}' needs a number from {row['low']} to {row['high']}, or none if it means "
                    f"'not answered'; it has {number}. Correct it on the second sheet.",
                    zh=f"选项“{word}”要有 {row['low']} 到 {row['high']} 的分数，表示“没有作答”时留空；现在是 {number}。"
                    "请在第二张工作表里改正。",
                )
