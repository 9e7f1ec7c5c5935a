"""Lines of a report around a table: who made it, when it was printed, in which unit; no headings, and nobody's answer."""

import re

_WHO = (
    r"制表|填表|填报|编制|审核|复核|审批|负责|经办|主管|统计|报送|打印|导出|录入|联系|调查员?|签[名字章]|盖章|"
    r"prepared|checked|approved|reviewed|printed|exported|compiled|signed|signature"
)
_WHAT = (
    r"单位|机构|行名|部门|网点|支行|分行|日期|时间|期间|年度|月份|季度|币种|截至|截止|文号|页码|来源|说明|备注|注|"
    r"date|period|as of|unit|branch|department|currency|source|page"
)
_TAIL = r"[^\s:：,，\d]{0,6}(?: ?(?:by|on|at))?"
_PAGE = re.compile(
    r"\s*(第\s*\d+\s*页|共\s*\d+\s*页|第\s*\d+\s*页[,，、 /]*共\s*\d+\s*页|page \d+( ?(of|/) ?\d+)?)\s*", re.I
)
_LABELLED = re.compile(
    rf"\s*(?:(?:{_WHO}){_TAIL}|[^\s:：\d]{{0,6}}(?:{_WHAT}){_TAIL})\s*[:：]\s*(.*)", re.I | re.S
)
_BY_WHOM = re.compile(rf"[^:：\d]{{0,6}}(?:{_WHO}){_TAIL}\s*[:：]", re.I)
_SIGNED = re.compile(
    rf"\s*(?:{_WHO})(?:人|员|者|人员|日期|时间| by| on)?(?:\s*[:：].*|\s+\S.*|\s*)", re.I | re.S
)
_NAMED = re.compile(rf"\s*(?:(?:{_WHO}){_TAIL}|[^\s:：\d]{{0,6}}(?:{_WHAT}))\s*", re.I)
_ANY = re.compile(r"\s*[^\s\d:：(（][^\d:：(（]{0,9}[:：](.*)", re.S)  # beside one that is known
_DAY = re.compile(r"\s*\d{4}\s*[-/.年]\s*\d{1,2}\D.*|\s*\d{4}\s*[-/.年]\s*\d{1,2}\s*月?\s*", re.S)


def stands_above(row, below):
    """Tell whether a row above a table is such a line, with two or more cells.

    Parameters
    ----------
    row : list of str
        Its cells.
    below : list of list of str
        The rows under it; headings are as many as the cells of their table, so one of these is fuller.

    Returns
    -------
    bool

    Examples
    --------
    >>> below = [["序号", "网点", "整洁", "热情"]]
    >>> stands_above(["投诉台账", "", "", "单位：件"], below), stands_above(["关于您", "", "服务", ""], below)
    (True, False)
    """
    filled = _filled(row)
    dated = sum(bool(_DAY.fullmatch(cell)) for cell in filled)
    labels, rest = _labels(filled, bare=dated > 0)
    told = (labels > 0 and rest < 2) or (len(filled) == 2 and dated == 1)  # a title and its day
    return told and any(len(_filled(other)) > len(filled) for other in below)


def stands_below(row, width):
    """Tell whether a row under the headings is such a line.

    Parameters
    ----------
    row : list of str
        Its cells.
    width : int
        How many headings there are.

    Returns
    -------
    bool

    Examples
    --------
    >>> stands_below(["制表人:王伟", "审核人:李娜", "", ""], 4), stands_below(["制表人", "王伟", "", ""], 4)
    (True, True)
    >>> stands_below(["7", "滨江支行", "", ""], 4)
    False
    """
    filled = _filled(row)
    signed = bool(filled) and bool(_SIGNED.fullmatch(filled[0]))
    labels, rest = _labels(filled, bare=signed)
    signed = signed or any(map(_BY_WHOM.match, filled))
    return labels > 0 and not rest and (signed or len(filled) <= width / 2)


def begins(text):
    """Whether a first cell may begin such a line."""
    return bool(_LABELLED.match(text) or _ANY.match(text) or _SIGNED.fullmatch(text) or _PAGE.fullmatch(text))


def _filled(row):
    return [cell for cell in row if cell.strip()]


def _labels(filled, *, bare):
    """How many cells are labels, and how many others are no value behind one; `bare`: labels without a colon count."""
    labels = rest = 0
    waits = False  # for the value of the label before
    some = any(map(_LABELLED.fullmatch, filled)) or sum(map(_has_value, filled)) > 1
    for cell in filled:
        found = _LABELLED.fullmatch(cell) or (some and _ANY.fullmatch(cell))
        if found or _PAGE.fullmatch(cell) or (bare and (_NAMED.fullmatch(cell) or _SIGNED.fullmatch(cell))):
            labels, waits = labels + 1, not found or not found[1].strip()
        elif waits:
            waits = False
        else:
            rest += 1
    return labels, rest


def _has_value(cell):
    found = _ANY.fullmatch(cell)
    return bool(found and found[1].strip())
