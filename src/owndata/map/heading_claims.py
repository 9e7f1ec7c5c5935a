"""Headings with a word for a person, a number or a time: is the column about it, or does a rating only speak of it?"""

import re

from owndata.identify import identifiers
from owndata.identify.identifiers import plain

# A person is asked about; the values settle nothing, whatever they look like.
_ASKED = re.compile(
    r"^(what|which) (is|are|was) (your|the) (?!opinion|view|rating|impression|satisfaction)|^num(?!b|er)|"
    r"^(which (of|age|gender|channel|range|group)|how (old|many|often|long)|please (enter|state|give|provide|write|leave|fill)|"
    r"number of|count of|household)(?![a-z])"
)
_ABOUT_ME = re.compile(
    r"^(请问|请填写|请输入|请选择)?(您|你|我)(是(?!否)|有(?!没有)|在|家|每|一共|目前|现在|通常|平均|本[年月周次]|过去|最近|近)|"
    r"^(家|每|一共|本[年月周]|过去|最近|近).*(次数?|人数|个数|数量|频率|几[口个人次位]|多少[次个人]?)[?？]?$|"
    r"^(请问)?(您|你)?(主要|通常|一般)?(从|通过|由)?(哪|什么)|^(请问)?(您|你)(主要|通常|一般)?(从|通过|由).*(哪|什么)|"
    r"(是|属于|有|为)?(哪|什么|几|多少)(一?[口个人次位年种段类项])?[?？]?$"
)
_JUDGED = re.compile(
    r"(满意|清[楚晰]|好|高|快|方便|便利|到位|畅通?|得体|及时|统一|规范|一致|认真|专业|热情|耐心|准确|稳定|丰富|齐全|适当|合[适理]|"
    r"舒适|安全|顺利|友好|周到|完善|明确|透明)[吗的了]*[?？。！!]*$"
)
_RATED = re.compile(
    r"对.*(满意|评价|打分|评分)|满意(度|程度)?(如何|评价|打分|评分)?\s*[—:：(（\[-]|how satisfied|satisfaction with|"
    r"\brate (our|the|your|each|us)\b|\bagree\b"
)
_RECOMMENDED = re.compile(
    r"(愿|会|乐意|可能|是否|向).*(推荐|介绍给)|(推荐|介绍)给|推荐(我们|本行|我行|本网点|意愿|度|指数|可能|值)|^推荐$|\bnps\b|"
    r"\b(would|will|likely|likelihood|willing|how|you)\b.*(recommend|\brefer)|recommend.*(friend|famil|colleague|\bus\b|bank|branch)|"
    r"^(recommend(ation)?|referrals?)$"
)
_BY_STAFF = re.compile(
    r"(员工|柜员|经理|人员|staff|employee|manager|advis|teller)(?!.*(朋友|亲友|给|向|friend|famil))"
)
_TOTAL = re.compile(
    r"(总|合计|平均|综合|最终)得?分|^得?分$|^(total|overall|mean|average|avg|sum)?[ _]?scores?$|\bnps\b"
)
_COUNTED = re.compile(
    r"几(口|个|人|次|位|年)|多少|(人数|次数|个数|数量|频率)$|how (many|often)|household|^num(?!b|er)|"
    r"^(number|count|total) (?!.*\b(is|are|was|were)\b)|"
    r"(_|^)(count|number|num|months|years|days|times|visits|total)(_|$)|^(children|dependents)$"
)
_PERSON = re.compile(
    r"性别|年龄|学历|教育|职业|收入|婚姻|年限|gender|\bsex\b|\bage\b|education|occupation|income|推荐|介绍给|recommend|"
    r"\brefer(s|red|rals?)?\b|\bnps\b|总分|得分|成绩|score|来源|渠道|\bchannels?\b"
)
_TIME = re.compile(r"^(duration|time taken|seconds|用时|时长|耗时)(?![a-z])")
# What may stand behind such a word where the column holds it, and what stands before it where a sentence speaks of it.
_BEHIND = re.compile(
    r"[\s_]*((号?码?|代码|编码|[后末尾][\d一二三四五六七八九十]?[位号]数?字?|地址|归属地|段|层|分?组|区间|范围|阶段|程度|水平|背景|"
    r"类[别型]|身份|状况|情况|档|级|名称?|是(什么|多少)?|"
    r"id|no\.?|numbers?|code|address|group|level|range|bracket|band|class|status|category|years?|visits|times|days|months|"
    r"(of|to) (the )?(respondent|customer|survey|interview|complete|answer|finish).*|"
    r"(in )?(seconds?|secs?|minutes?|mins?|ms|s)|[(（\[].*[)）\]])[\s_]*)*[?？:：.。*]*"
)
_SENTENCE = re.compile(
    r"能(?!力)|会(?!员|计)|可以|记得|记住|叫出|喊出|说出|认出|知道|看到|看清|佩戴|告知|不|没|无需|只|最多|少|主动|准确|清楚|"
    r"\b(know|remember|call|use|wear|show|see|can|could|is|are|was|were|no|not)s?\b"
)
_NOUNS = re.compile(r"channel|人数|次数|个数|数量|频率|得分|score|来源|渠道|用时|时长|耗时|_")
# None of these is 1, 2 or 5.
_NO_NUMBERS = ("ip", "email", "wechat", "address", "coordinates", "plate", "mac")


def claim(heading):
    """Tell how firmly a heading says that its column is no rating of the service.

    Parameters
    ----------
    heading : str
        The heading of a column.

    Returns
    -------
    str or None
        ``"settled"`` where it names or asks for something about a person; ``"noun"`` where it names what may be counted,
        coded or rated; ``"mention"`` where a sentence only speaks of such a thing; None where there is no such word.

    Examples
    --------
    >>> claim("您的年龄段"), claim("办理渠道"), claim("3、电子渠道好用"), claim("大堂整洁")
    ('settled', 'noun', 'mention', None)
    >>> claim("柜员工号"), claim("员工佩戴工号牌"), claim("本月办理次数"), claim("办一笔业务不用跑几次")
    ('settled', 'mention', 'settled', 'mention')
    """
    text = plain(heading)
    found = _word(text)
    if found is None:
        return None
    before, word, behind = text[: found.start()], found[0], text[found.end() :]
    if (_RECOMMENDED.search(text) and not _BY_STAFF.search(text)) or _TOTAL.search(text):
        return "settled"
    if _ASKED.search(text):
        return "settled"
    if any((_SENTENCE.search(before), _JUDGED.search(text), _RATED.search(text))):
        return "mention"
    if _ABOUT_ME.search(text):
        return "settled"
    if not _BEHIND.fullmatch(behind):
        # The name of a variable is no sentence.
        return "noun" if re.fullmatch(r"\w+", text, re.ASCII) else "mention"
    return "noun" if _NOUNS.search(word) or identifiers.by_heading(heading) in _NO_NUMBERS else "settled"


def is_about_a_person(heading):
    """Whether a heading has a word that describes or scores a person."""
    return bool(_PERSON.search(plain(heading)))


def is_count(heading):
    """Whether a heading has a word for how many or how often."""
    return bool(_COUNTED.search(plain(heading)))


def _word(text):
    """The word in a heading because of which its column may be no rating."""
    bare = text.replace("_", " ")
    kinds = (re.search(pattern, bare) for _, _, pattern in identifiers.KINDS.values())
    return next(filter(None, (*kinds, *(p.search(text) for p in (_TIME, _PERSON, _COUNTED)))), None)
