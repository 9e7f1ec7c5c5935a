"""What a column can be for the course, and what its heading makes us propose."""

import re

from owndata.identify.identifiers import plain
from owndata.map import heading_claims

# id → English, Chinese; the workbook shows both.
ROLES = {
    "respondent": ("respondent", "受访者编号"),
    "branch": ("branch", "网点"),
    "perception": ("perception item", "感知题"),
    "expectation": ("expectation item", "期望题"),
    "date": ("date", "日期"),
    "seconds": ("seconds taken", "答题用时"),
    "wave": ("wave", "调查轮次"),
    "satisfaction": ("overall satisfaction", "总体满意度"),
    "points": ("importance points", "重要性分配分"),
    "identifier": ("identifier, leave out", "个人信息（不带入）"),
    "ignore": ("ignore", "忽略"),
}
ONCE = ("respondent", "branch", "date", "seconds", "wave", "satisfaction")
RATED = ("perception", "expectation", "satisfaction")

HEADINGS = {
    "respondent": r"^((答卷|答题|问卷|样本|调查|记录|受访者)?(序号|编号)|(答卷|问卷|样本|记录)(号|id)|受访者|"
    r"respondent([ _]?id)?|response[ _]?id|id|no\.?|#)$",
    "date": r"^(提交(答卷)?时间|答卷时间|填写(日期|时间)|调查日期|日期|date|submitted( at)?|submi(t|ssion) (date|time)|timestamp|end ?date)$",
    "seconds": r"^(所用时间|答题(用时|时长|时间)|用时|时长|耗时|duration.*|seconds|time taken.*)$",
    "wave": r"^(wave|波次|轮次|期次|调查轮次)$",
    "branch": r"网点|支行|分行|分理处|营业部|营业厅|机构|branch|outlet",
}
# The branch itself, not something about it: told before anything is made of its values.
_THE_BRANCH = (
    r"(您?(所属|办理业务|常去|到访)的?)?(网点|支行|分行|营业部|机构)(名称?|编号|代码|号)?|(bank )?(branch|outlet)( ?(code|id|no\.?|number|name))?|"
    r"(site|location|store|门店|(所在|办理)?地点)( ?(code|id|no\.?|number|name)|名称?|编号|代码)?|which (branch|outlet).*|.*哪(个|家|一个|一家)(网点|支行).*"
)
_SATISFACTION = r"(总体|整体|总的来说|综合).*满意|overall.*satisf|satisf.*overall"
_EXPECTATION = r"优秀的?银行|理想的?银行|期望|应该|应当|excellent (bank|branch)|ideal|expect|\bshould\b"
_POINTS = r"分配|权重|重要(性|程度)?|points|importance|weight"
_REVERSED = r"\(r\)|\(反向题?\)|reverse"


def by_heading(heading):
    """Tell which role a heading alone announces.

    Parameters
    ----------
    heading : str
        The heading of a column.

    Returns
    -------
    str or None
        A key of `ROLES`.

    Examples
    --------
    >>> by_heading("提交答卷时间"), by_heading("1、您办理业务的网点"), by_heading("大堂整洁")
    ('date', 'branch', None)
    """
    names = plain(heading), plain(str(heading).partition(". ")[0])  # SPSS and Qualtrics write 'id. label'
    return next(
        (role for role, pattern in HEADINGS.items() if any(re.search(pattern, name) for name in names)), None
    )


def is_branch(heading):
    """Whether a heading is that of the branch itself."""
    return bool(re.fullmatch(_THE_BRANCH, asked(plain(heading)).strip(" ?？:：")))


def rated(heading, *, claimed=False):
    """Tell what a rating is a rating of, by its heading.

    Parameters
    ----------
    heading : str
        The heading of a column that holds ratings.
    claimed : bool
        Whether its answers speak against what the heading says of a person (`claimed_columns`).

    Returns
    -------
    str
        ``"satisfaction"``, ``"expectation"``, ``"perception"``, or ``"ignore"`` where it describes the person.

    Examples
    --------
    >>> rated("17、总体而言，您满意吗"), rated("优秀的银行应该准时"), rated("您的年龄段"), rated("窗口办得快")
    ('satisfaction', 'expectation', 'ignore', 'perception')
    """
    text = plain(heading)
    if re.search(_SATISFACTION, text) or re.fullmatch("总体而言.*满意.*|satisfaction|满意度", text):
        return "satisfaction"
    if heading_claims.is_about_a_person(heading) and not claimed:
        return "ignore"
    return "expectation" if re.search(_EXPECTATION, text) or re.fullmatch(r"e\d+", text) else "perception"


def is_points(heading):
    """Whether a heading speaks of points to be shared out."""
    return bool(re.search(_POINTS, plain(heading)))


def says_reversed(heading):
    """Whether a heading is marked as reverse-worded."""
    return bool(re.search(_REVERSED, plain(heading)))


def asked(heading):
    """Return a heading without the number or the code of its question.

    Parameters
    ----------
    heading : str
        For instance ``"3、大堂整洁"``.

    Returns
    -------
    str
        What was asked.

    Examples
    --------
    >>> asked("3、大堂整洁"), asked("Q3. Clean lobby"), asked("G02Q02[SQ001]. Clean lobby"), asked("Q3")
    ('大堂整洁', 'Clean lobby', 'Clean lobby', 'Q3')
    """
    found = re.match(
        r"\s*(第?\d+|[A-Za-z]{0,12}_?\d[\w#-]{0,20}(\[\w+\])?)\s*[、.．:：)）题]\s*(?=\S)", str(heading)
    )
    return str(heading)[found.end() :].strip() if found else str(heading).strip()


def split(heading):
    """Split the heading of a matrix question into its stem and its row.

    Parameters
    ----------
    heading : str
        For instance ``"3、环境设施—大堂整洁"`` or ``"3、环境设施（大堂整洁）"``.

    Returns
    -------
    tuple of (str, str)
        Stem and row; the stem is empty where the question stands alone.

    Examples
    --------
    >>> split("3、环境设施—大堂整洁"), split("3、环境设施（大堂整洁）"), split("P1 大堂整洁")
    (('环境设施', '大堂整洁'), ('环境设施', '大堂整洁'), ('', 'P1 大堂整洁'))
    """
    text = asked(heading)
    found = (
        re.fullmatch(r"(.+?) \[(.+)\]", text)
        or re.fullmatch(r"(.+?)\s*(?:—+|–|::?|：| - )[\s-]*(.+)", text)
        or re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", text)
    )
    return (found[1].strip(), found[2].strip()) if found else ("", text)
