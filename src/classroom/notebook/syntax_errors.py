"""Why Python could not read a cell, for people who type Chinese: full-width signs, brackets, quotes, = and ==."""

import re
import unicodedata

from helpers.bank.language import pick

# Signs that NFKC leaves alone, and the half-width sign that was meant; full-width forms are found by NFKC.
MEANT = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "、": ",", "。": ".", "【": "[", "】": "]", "「": '"', "」": '"',
         "《": "<", "》": ">", "—": "-", "–": "-", "−": "-", "×": "*", "÷": "/", "·": "*",
         "≥": ">=", "≤": "<=", "≠": "!=", "²": "**2", "³": "**3"}  # fmt: skip
WIDE_BLANK = "\u3000"
QUOTES = "“”„‘’「」＂＇"
_STRING = re.compile(r"""("[^"\n]*"|'[^'\n]*'|\#.*)""")


def told(error, *, space=None):
    """Explain why a cell could not be read.

    Parameters
    ----------
    error : SyntaxError
        What Python said, with line and place.
    space : dict, optional
        Not needed here.

    Returns
    -------
    str or None
        One or two sentences in the reader's language.
    """
    said, line = error.msg or "", (error.text or "").rstrip("\n")
    found, code = wide(line), _STRING.sub("", line)
    if re.search(r"\d\s*[%％]\s*($|[),\]＃#])", code):
        return _per_cent(error)
    if called := re.match(
        r"\s*(check|hint|show|print|progress|reset|len|sum|round|max|min)\s+[\w\"'“‘]", line
    ):
        return _no_brackets(error, called[1])
    if found and ("invalid" in said or any(sign in QUOTES for sign in found)):
        return _wide(found, line, error.lineno)
    if isinstance(error, IndentationError):
        return _indented(said, error)
    return next((tell(error) for pattern, tell in _KNOWN if re.search(pattern, said)), None) or pick(
        en=f"Python cannot read line {error.lineno}; look at the mark and just before it: a sign too many, "
        "or one missing?",
        zh=f"第 {error.lineno} 行 Python 读不懂。看看 ^ 标出的地方和它前面：是不是多了或少了一个符号？",
    )


def wide(line):
    """Find full-width signs outside of texts and comments.

    Parameters
    ----------
    line : str
        A line of code.

    Returns
    -------
    list of str
        Each sign once, in order.

    Examples
    --------
    >>> wide('print（"你好，世界"，1)  # 注释，不算')
    ['（', '，']
    >>> wide("print(“你好，世界”)")
    ['“', '”']
    """
    straight = "".join(half(sign) if sign in QUOTES else sign for sign in line)
    rest = _STRING.sub(lambda found: " " * len(found[0]), straight)
    signs = [old for old, new in zip(line, rest, strict=True) if new != " " and half(new) != new]
    signs = [sign for sign in line if sign in QUOTES and _outside(line, sign)] + signs
    return sorted(dict.fromkeys(signs), key=line.index)


def half(sign):
    """Return the half-width sign that was meant; any other sign as it is.

    Parameters
    ----------
    sign : str
        One character.

    Returns
    -------
    str
        One character; two or three for ≥ and its like.

    Examples
    --------
    >>> "".join(map(half, "（１，２）、“")), "".join(map(half, "x² ≥ 3"))
    ('(1,2),"', 'x**2 >= 3')
    """
    plain = unicodedata.normalize("NFKC", sign)
    return MEANT.get(sign) or (plain if plain.isascii() and len(plain) == 1 else sign)


def width(text):
    """Count columns on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _outside(line, sign):
    """Whether a full-width quote stands where Python reads code, or where a text would have to end."""
    rest = _STRING.sub("", line)
    return sign in rest


def _mended(line):
    """The line as it was meant: first the quotes, then what stands outside of texts."""
    straight = "".join(half(sign) if sign in QUOTES else sign for sign in line)
    if re.search("[\"']", _STRING.sub("", straight)):  # one kind opens, the other closes
        straight = "".join('"' if sign in QUOTES else sign for sign in line)
    parts = _STRING.split(straight)
    return "".join(part if i % 2 else "".join(map(half, part)) for i, part in enumerate(parts)).strip()


def _wide(found, line, number):
    left, right = pick(en="[]", zh="「」")
    blank = pick(en="wide blank", zh="全角空格")
    listed = "".join(f"{left}{blank if sign == WIDE_BLANK else sign}{right}" for sign in found)
    plain = "".join(f"{left}{half(sign)}{right}" for sign in found)
    return pick(
        en=f"Line {number} holds full-width signs: {listed}; Python reads only half-width ones: {plain}. "
        f"Switch the keyboard to English; meant was probably:  {_mended(line)}",
        zh=f"第 {number} 行有中文（全角）符号{listed}，Python 只认英文（半角）的{plain}。"
        f"请切换到英文输入法，改成：  {_mended(line)}",
    )


def _indented(said, error):
    if "expected an indented block" in said:
        return pick(
            en=f"Line {error.lineno} must be indented: what follows a colon begins with four spaces.",
            zh=f"第 {error.lineno} 行要缩进：冒号下面的内容，每行开头空四格。",
        )
    return pick(
        en=f"Line {error.lineno} is indented in another way than the lines around it. Lines that belong together "
        "begin in the same column; without a colon above, a line begins at the very left.",
        zh=f"第 {error.lineno} 行的缩进和上下文对不上。同一层的代码要左对齐；上一行没有冒号，这一行就要顶格写。",
    )


def _per_cent(error):
    return pick(
        en=f'Line {error.lineno}: Python has no per cent sign of this kind. Write 0.161, or in quotation marks "16.1%".',
        zh=f'第 {error.lineno} 行：Python 里不能这样写百分数。请写 0.161，或加英文引号写 "16.1%"。',
    )


def _no_brackets(error, name):
    return pick(
        en=f"Line {error.lineno}: {name} needs brackets around what it takes: {name}(…).",
        zh=f"第 {error.lineno} 行：{name} 后面要加英文括号，把内容放在括号里：{name}(…)。",
    )


def _never_closed(error):
    sign = re.search(r"'(.)'", error.msg)[1]
    return pick(
        en=f"A bracket {sign} in line {error.lineno} is opened and never closed. Every opening bracket needs its "
        "closing one.",
        zh=f"第 {error.lineno} 行的括号 {sign} 只有左边，没有右边。括号要成对，请把缺的一半补上。",
    )


def _unmatched(error):
    return pick(
        en=f"In line {error.lineno} a closing bracket does not fit: its opening one is missing, or is of another kind.",
        zh=f"第 {error.lineno} 行有一个右括号配不上：少了左括号，或者左右两边不是同一种括号。",
    )


def _open_text(error):
    return pick(
        en=f"A text in line {error.lineno} does not end: the closing quotation mark is missing, or it is another than the "
        "opening one.",
        zh=f"第 {error.lineno} 行的文字没有收尾：少了右边的引号，或者前后引号不一样。",
    )


def _equals(error):
    return pick(
        en=f"Line {error.lineno}: one = gives a name to a value; to compare two values write == .",
        zh=f"第 {error.lineno} 行：一个等号 = 是“起名、赋值”，要比较两边是否相等，请写两个等号 == 。",
    )


def _comma(error):
    return pick(
        en=f"In line {error.lineno} a comma or an operator seems to be missing at the mark.",
        zh=f"第 {error.lineno} 行 ^ 标出的地方，好像少了一个英文逗号或运算符号。",
    )


def _colon(error):
    return pick(
        en=f"Line {error.lineno} must end with a colon (:).", zh=f"第 {error.lineno} 行末尾少了英文冒号 : 。"
    )


def _unfinished(error):
    return pick(
        en="The cell ends before its last command is complete. A bracket, a quotation mark or a value is missing.",
        zh="这一格没写完就结束了：可能少了右括号、引号，或者等号右边还没有内容。",
    )


_KNOWN = (
    (r"was never closed", _never_closed),
    (r"unmatched|does not match", _unmatched),
    (r"unterminated|EOL while scanning", _open_text),
    (r"'=='|\"==\"|cannot assign to", _equals),
    (r"forgot a comma", _comma),
    (r"expected ':'", _colon),
    (r"incomplete input|unexpected EOF", _unfinished),
)
