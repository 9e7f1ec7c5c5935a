"""What pandas, seaborn, statsmodels and pingouin say of a reader's slip, in the reader's words."""

import re
from difflib import get_close_matches

from classroom.notebook import name_errors
from helpers.bank.language import WrongKind, WrongValue, pick

# The library's own words (found anywhere in its error) → what to do, in English and Chinese; {1} is its first group.
SAID = (
    (r"truth value of a (?:Series|DataFrame|array)",
     "Two conditions on columns are joined by & (and) or | (or), each in brackets: (a == 1) & (b == 2).",
     "两个条件要用 &（并且）或 |（或者）连起来，每个条件加括号：(a == 1) & (b == 2)。不能写 and、or。"),
    (r"'(?:rand_|ror_|and_|or_)'|operand type\(s\) for [&|]",
     "Each condition needs its own brackets: (a == 1) & (b == 2).",
     "每个条件都要加括号：(a == 1) & (b == 2)。"),
    (r"cannot do slice indexing|non-integer key",
     "Columns are chosen by a list of their names: table[[\"P18\", \"P19\"]]. A range from … to is written out.",
     "选列要用列名的清单：表[[\"P18\", \"P19\"]]。从第几列到第几列，要一列一列写出来。"),
    (r"replace must specify either",
     "replace needs two things, what and by what: .replace(9, float(\"nan\")).",
     "replace 要写两样：把什么换成什么，例如 .replace(9, float(\"nan\"))。"),
    (r"cannot assign without a target",
     "In a condition, equal is written with two signs: query(\"wave == 1\").",
     "条件里的“等于”要写两个等号：query(\"wave == 1\")。"),
    (r"reduction '(\w+)' with string|dtype 'str' does not support operation '(\w+)'|agg function failed",
     "There is text in what is to be averaged or added. Choose the columns of numbers first: table[[\"gap\"]].mean().",
     "要求平均或求和的内容里有文字。请先选出数字列，例如 table[[\"gap\"]].mean()。"),
    (r"could not convert string to float: '([^']{1,40})'",
     "A number is needed here, and “{1}” is text. Look which column you passed.",
     "这里要的是数字，而“{1}”是文字。请看看传入的是哪一列。"),
    (r"ufunc '\w+' not supported for the input types|operation '\w+' not supported for dtype 'str'",
     "Text and numbers do not go together here. Look which columns you passed.",
     "文字和数字不能这样一起算。请看看传入的是哪几列。"),
    (r"Could not interpret value `([^`]{1,40})` for `(\w+)`",
     "seaborn finds no column {1!r} in the table. Look at its spelling, or print(table.columns).",
     "seaborn 在表里找不到 {1!r} 这一列。请检查拼写，或运行 print(table.columns)。"),
    (r"contains duplicate entries, cannot reshape",
     "Several rows belong into one cell of the new table. Average them first: groupby([…])[…].mean().unstack().",
     "新表的同一格里有好几行数据。请先求平均：groupby([…])[…].mean().unstack()。"),
    (r"merge on (\w+) and (\w+) columns for key '([^']+)'",
     "The key {3!r} is of another kind in each table ({1} and {2}). Make them the same, for instance with .astype(str).",
     "连接用的 {3!r} 在两张表里类型不同（{1} 和 {2}）。请先统一，例如 .astype(str)。"),
    (r"Cannot convert non-finite values",
     "There are empty values; whole numbers have none. Drop them first (.dropna()), or use .astype(\"Int64\").",
     "里面有空值，整数不允许有空值。请先去掉（.dropna()），或用 .astype(\"Int64\")。"),
    (r"No axis named (\w+) for object type Series",
     "A single column has no axis {1!r}: write .mean() alone.",
     "单独一列没有 {1!r} 这个方向：直接写 .mean() 就行。"),
    (r"No axis named (\w+) for object type",
     "There is no axis {1!r}: write axis=\"columns\".",
     "没有 {1!r} 这个方向：请写 axis=\"columns\"。"),
    (r"takes (\d+) positional arguments? but (\d+) (?:was|were) given",
     "Only the first {1} may come without a name; write the others as name=value. Shift + Tab on the function shows the names.",
     "只有前 {1} 个可以不写名称，其余的要写成 名称=值。把光标放在函数名上，按 Shift + Tab 看名称。"),
    (r"'(?:builtin_function_or_)?(?:method|function)'",
     "Brackets are missing behind a function: write .sum() and not .sum.",
     "函数后面少了括号：要写 .sum()，不能只写 .sum。"),
    (r"unsupported operand type\(s\) for [-+*/]+: '(\w+)' and '(\w+)'|ufunc '\w+' did not contain a loop",
     "Text and numbers do not go together here. Look which columns you passed.",
     "文字和数字不能这样一起算。请看看传入的是哪几列。"),
    (r"out-of-bounds|index out of range",
     "There is no row with this number: counting begins at 0.",
     "没有这么多行：编号从 0 开始数。"),
    (r"invalid literal for int\(\) with base 10: '([^']{0,40})'",
     "“{1}” is not a whole number.",
     "“{1}”不是整数。"),
    (r"division by zero", "Nothing can be divided by zero.", "不能除以零。"),
    (r"missing \d+ required (?:positional|keyword-only) arguments?: (.+)",
     "The function needs more: {1}. Shift + Tab on its name shows what it takes.",
     "这个函数还缺参数：{1}。把光标放在函数名上，按 Shift + Tab 看说明。"),
    (r"unexpected keyword argument '(\w+)'",
     "The function knows no {1!r}. Shift + Tab on its name shows what it takes.",
     "这个函数没有 {1!r} 这个参数。把光标放在函数名上，按 Shift + Tab 看说明。"),
    (r"NameError: name '(\w+)' is not defined",
     "The formula names {1!r}, which is no column of the table. Look at its spelling.",
     "公式里的 {1!r} 不是表里的列。请检查拼写。"),
    (r"zero-size array|negative dimensions|need at least one array|No objects to concatenate",
     "There are no rows to compute with: look whether the condition above chose any (len(table)).",
     "没有可以计算的数据：看看上面的条件有没有选到行（len(table)）。"),
)  # fmt: skip


def told(error, *, space):
    """Explain an error that a library raised in the reader's own line.

    Parameters
    ----------
    error : Exception
        With its traceback.
    space : dict
        The notebook's own names.

    Returns
    -------
    str or None
        None where it is none of the common ones, or one of the course's own sentences.
    """
    if isinstance(error, (WrongKind, WrongValue)) or not name_errors.own(error, space):
        return None
    if type(error).__name__ == "InvalidIndexError":
        return pick(
            en="Two conditions are joined by &, each in brackets: table[(a == 1) & (b == 2)].",
            zh="两个条件要用 & 连起来，各加一对括号：表[(a == 1) & (b == 2)]。",
        )
    for words, en, zh in SAID:
        if found := re.search(words, str(error)):
            groups = [None, *found.groups()]
            return pick(en=en, zh=zh).format(*groups)
    return None


def unknown_in_query(error, *, space):
    """Explain a name that ``.query`` found neither in the table nor in the notebook.

    Parameters
    ----------
    error : Exception
        pandas' ``UndefinedVariableError``.
    space : dict
        The notebook's own names.

    Returns
    -------
    str or None
        With the column that is nearest.
    """
    found = re.search(r"name '([^']+)' is not defined", str(error))
    tables = [frame.f_locals.get("self") for frame, _ in name_errors.steps(error)]
    columns = next((list(map(str, table.columns)) for table in tables if hasattr(table, "columns")), None)
    if not found or columns is None or not name_errors.own(error, space):
        return None
    near = get_close_matches(found[1], columns, n=1)
    mean = pick(en=f" Did you mean {near[0]!r}?", zh=f"是不是想写 {near[0]!r}？") if near else ""
    at = pick(en=f" A name of the notebook is written @{found[1]}.", zh=f"笔记本里的名称要写成 @{found[1]}。")
    text = pick(
        en=f" A text needs quotation marks of its own: '{found[1]}'.",
        zh=f"如果它是文字，要再加一层引号：'{found[1]}'。",
    )
    at = at if found[1] in space else text
    return pick(
        en=f"The table has no column {found[1]!r}.{mean}{at}",
        zh=f"表里没有 {found[1]!r} 这一列。{mean}{at}",
    )
