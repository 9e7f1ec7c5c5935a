"""What in a cell points at a person: numbers, addresses and names, in the spellings that people use.

Every pattern looks only a fixed number of characters ahead, so a cell takes time by its length alone.
Libraries judge what has check digits or numbering plans: phonenumbers, python-stdnum.
"""

import ipaddress
import re
import unicodedata
from datetime import date

import phonenumbers
from stdnum import luhn

# The plan of Chinese identity cards: provinces, and the commonest family names without words of every day.
_PROVINCES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83}  # fmt: skip
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁沈姚卢姜崔谭汪范廖"
    "石贾韦付邹孟熊秦邱侯尹薛闫段雷龙史陶贺顾毛郝龚邵严覃武戴莫孔汤欧阳"
)
# Family names that are words of every day as well, or written in traditional characters: before a title they are names.
_RARER = (
    "高方金夏万白江钱文关倪梅安常温康施樊葛齐庞颜洪洛殷尚柳单牛游丘祝左岳兰涂成霍管甘包卓向艾宁焦车司诸上"
    "張劉陳楊趙黃吳孫鄭鄧許馮葉蘇呂盧蔣譚賈鄒龍賀顧龔邵嚴羅謝韓曾蕭閻歐錢萬關"
)
_TITLED = r"(?:先生|女士|小姐|太太)"
# What a place within brackets ends with, and no given name.
_NO_PLACE = (
    "(?![区县市镇乡路街巷道店部行号口楼厅点期东西南北中桥湾山河湖港门村庄园站场城州省岛])[\u4e00-\u9fff]"
)
_PLATE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_DASHES = re.compile("[‐‑‒–—―−－～~·•]")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")

_NUMBER = re.compile(r"\+?\(?\+?\d(?:[ \t\r\n_./()\-]{0,3}\d)*+[Xx]?")
_GROUPS = re.compile(r"\d+")
_IPV4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:])")
# Kind → what its text looks like, on folded text; the first that is found is told.
_WORDED = [
    ("phone", r"(?<!\d)1[3-9]\d ?[*x]{3,5} ?\d{3,4}(?!\d)"),  # masked: seven digits and a branch are enough
    ("email", r"(?<=[\w+-])(?:@| ?[\[(]at[\])] ?)[\w-]{1,63}\.\w{2}"),
    ("mac", r"(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])"
            r"|(?<![\w.])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![\w.])"),
    ("wechat", r"wxid_\w|(?:微信|wechat|weixin|威信|薇信|v信|(?<![a-z])(?:vx|wx|v(?=[ :])))(?:号码?|账号| ?id)?[ :是为]{0,3}"
               r"(?=[a-z0-9_-]{0,19}[\d_])[a-z0-9][\w-]{5,19}|微信号?[:是为] ?[a-z][\w-]{5,19}"
               r"|wechat(?: id)?: ?[a-z][\w-]{5,19}|(?<![a-z])vx?: ?[a-z][\w-]{5,19}"),
    ("qq", r"(?<![a-z])qq(?:号码?)?[ :是为]{0,3}\d{5,11}(?!\d)|(?:扣扣|企鹅号)[ :是为]{0,3}\d{5,11}"),
    ("address", r"(?<=[\u4e00-\u9fff])(?:路|街|巷|弄|胡同|大道|道) ?\d{1,5} ?(?:号|弄)|\d{1,4}(?:栋|幢|号楼|单元) ?"
                r"(?:\d{1,3}单元)? ?\d{1,5}(?:室|房|户|号)?|(?:小区|花园|公寓|新村|苑) ?\d{1,4}-\d{1,4}(?:-\d{1,5})?"
                r"|(?<![\w])\d{1,5}[a-z]?,? (?:[a-z]{2,20} ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|boulevard|"
                r"blvd|court|crescent|terrace)(?![a-z])"),
    ("coordinates", r"(?<![\d.])[nsew]?[ -]?\d{1,3}\.\d{4,9}°? ?[nsew]?[, ;/]{1,3}[nsew]?[ -]?\d{1,3}\.\d{4,9}(?![\d.])"
                    r"|\d{1,3}° ?\d{1,2}['′](?: ?\d{1,2}(?:\.\d{1,4})?[\"″])? ?[nsew]?"),
    ("id_card", r"(?<![a-z0-9])(?:[a-z]\d{8}|e[a-z]\d{7}|c[a-z]\d{7}|[hm]\d{10}|[a-z]{3}\d{12})(?![a-z0-9])"
                r"|(?<![a-z0-9])[a-z]{1,2}\d{6} ?\([0-9a]\)|(?<![a-z0-9])[a-z][12]\d{8}(?![a-z0-9])"
                r"|(?:护照|通行证|台胞证|回乡证|军官证|驾驶证|驾照|社保卡?|证件|身份证|passport|permit|id card)(?:号码?| ?no\.?| number)?"
                r"[ :是为#]{0,3}[a-z]{0,3}\d{6}"),
    ("name", rf"(?:我叫|本人姓名|姓名|联系人|收件人|户名|名字叫?|署名)[ :是为叫]{{0,3}}[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
             rf"|(?<![\u4e00-\u9fff])[{_RARER}][\u4e00-\u9fff]?{_TITLED}|(?:的|给|跟|向)[{_RARER}]{_TITLED}"
             rf"|(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐|经理|主任|行长|师傅|阿姨|老师)"
             rf"|(?:找|请|叫|的|给|跟|问|是|向|对|柜员|经理)[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}})?(?:先生|女士|小姐|经理|主任|行长|师傅)"),
]  # fmt: skip
_FOLDED = [(kind, re.compile(pattern)) for kind, pattern in _WORDED]
# Capital letters tell names and plates from words.
_PLATES = re.compile(
    rf"[{_PLATE}][A-HJ-Z][ .-]?(?:[A-HJ-NP-Z0-9]{{5,6}}|[A-HJ-NP-Z0-9]{{4}}[挂学警港澳领])(?![A-Za-z0-9])"
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr|Madam|Sir)\.? (?!Manager|Teller)[A-Z][a-z]{1,20}(?![a-z])"
    r"|(?<![A-Za-z])(?i:my name is|this is|contact(?: person)?:|name:|signed:?|ask for) ?[A-Z][a-z]{1,20} [A-Z][a-z]{1,20}(?![a-z])"
    r"|(?i:my name is) [A-Z][a-z]"
)
_COMPOUND = "欧阳|司马|上官|诸葛|慕容|皇甫|尉迟|夏侯|公孙|东方|司徒"
_GIVEN = r"[\u4e00-\u9fff*]{1,2}"
_LATIN = "[A-Z][a-z]{1,15} [A-Z][a-z]{1,15}"
_BARE_NAME = re.compile(rf"(?:{_COMPOUND}|[{_SURNAMES}]){_GIVEN}|{_LATIN}")
_WEEKDAY = re.compile("周[一二三四五六日天末内]")
_WIDER_NAME = re.compile(rf"(?:{_COMPOUND}|[{_SURNAMES}{_RARER}]){_GIVEN}|{_LATIN}")
# Of 王 伟, 王伟（E001） and 王伟、李娜 the first name is looked at.
_BEHIND = re.compile(r"[(（、,，/;；].*", re.DOTALL)
_BEHIND_A_PLACE = re.compile(
    rf"(?:行|网点|分理处|营业部|营业厅|岗|组) ?[(:/ -] ?[{_SURNAMES}][\u4e00-\u9fff]?{_NO_PLACE}\)?$"
    rf"|(?:负责人|经理|行长|主任|经办人?|管户)[: -]{{1,2}}[{_SURNAMES}]{_GIVEN}$"
)
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff*])")
MANY = 5  # from so many different names on, a column is taken for one of names without a question
# What most ids look like; no pattern above and no numbering plan has so few digits behind one letter.
_SHORT_CODE = re.compile(r"[A-Za-z][0-9]{1,7}")
# Said of every copy: nobody should think that these were looked for.
NOT_LOOKED_FOR = (
    "names, places and events in running text without a word such as “Mr” or “我叫” before them; telephone numbers "
    "without area code; user names; numbers written in words; persons that the remaining values point at together; "
    "pictures and sound",
    "正文里前面没有“我叫”“先生”之类字样的人名、地点和事件；没有区号的电话；网名；用汉字写的号码；其余各列合起来"
    "可能指向的人；图片和声音",
)


def in_text(text):
    """Tell what in a cell points at a person, alone or within a sentence.

    Parameters
    ----------
    text : str
        The content of a cell.

    Returns
    -------
    str or None
        A key of `identifiers.KINDS`.

    Examples
    --------
    >>> in_text("请回电 138-0013-8000"), in_text("113.88.1.2(广东深圳)"), in_text("大堂 8.30 开门")
    ('phone', 'ip', None)
    """
    if _SHORT_CODE.fullmatch(text):
        return None
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    if _PLATES.search(_DASHES.sub("-", plain)):
        return "plate"
    if _ENGLISH.search(plain):
        return "name"
    folded = _DASHES.sub("-", plain).lower()
    if any(_is_address(found[0]) for pattern in (_IPV4, _IPV6) for found in pattern.finditer(folded)):
        return "ip"
    found = next((kind for kind, pattern in _FOLDED if pattern.search(folded)), None)
    return found or next(filter(None, map(_numbered, _NUMBER.findall(folded))), None)


def behind_a_place(text):
    """Tell whether a name seems to stand behind the name of a branch or a post.

    Parameters
    ----------
    text : str
        The content of a cell.

    Returns
    -------
    bool

    Examples
    --------
    >>> behind_a_place("滨江支行（王伟）"), behind_a_place("客户经理：李娜"), behind_a_place("滨江支行（高新区）")
    (True, True, False)
    """
    return _BEHIND_A_PLACE.search(unicodedata.normalize("NFKC", text).strip()) is not None


def are_names(texts):
    """Tell whether most values of a column are bare names of persons.

    Parameters
    ----------
    texts : list of str
        The different values.

    Returns
    -------
    bool
        True where at least five values, and four fifths of them, are a Chinese family name and one or two more
        characters, or two capitalised English words.

    Examples
    --------
    >>> are_names(["王伟", "李娜", "张敏", "刘洋", "陈静"]), are_names(["上海", "北京", "广州", "深圳", "杭州"])
    (True, False)
    """
    common, named = (_named(texts, pattern) for pattern in (_BARE_NAME, _WIDER_NAME))
    return named >= MANY and named >= 0.8 * len(texts) and common >= 0.5 * len(texts)


def may_be_names(texts):
    """Tell whether values, however few, may all be Chinese names of persons, so that a person must be asked.

    Parameters
    ----------
    texts : list of str
        The different values.

    Returns
    -------
    bool
        True where each is a common family name and one or two more characters.

    Examples
    --------
    >>> may_be_names(["王伟", "李娜"]), may_be_names(["周一", "周二"]), may_be_names(["满意"])
    (True, False, False)
    """
    return bool(texts) and _named([t for t in texts if not t.isascii()], _BARE_NAME) == len(texts)


def _named(texts, pattern):
    texts = (_GAP.sub("", _BEHIND.sub("", text).strip()) for text in texts)
    return sum(bool(pattern.fullmatch(text)) and not _WEEKDAY.fullmatch(text) for text in texts)


def in_number(digits):
    """Tell which number of a person a whole number is, whatever type its column has.

    Parameters
    ----------
    digits : str
        Only digits.

    Returns
    -------
    str or None
        A key of `identifiers.KINDS`.

    Examples
    --------
    >>> in_number("13800138000"), in_number("1000")
    ('phone', None)
    """
    if re.fullmatch(r"(?:0{0,2}86)?0?1[3-9]\d{9}", digits):
        return "phone"
    if _is_card_of_identity(digits):
        return "id_card"
    return "account" if _is_bank_card(digits) else None


def _numbered(text):
    """Look at groups of digits that stand together: a number may be written in one to six of them."""
    groups = _GROUPS.findall(text)
    singles = "".join(group if len(group) == 1 else " " for group in groups)
    if re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", singles):  # one digit at a time: 1 3 8 …
        return "phone"
    for start in range(len(groups)):
        for end in range(start + 1, min(start + 6, len(groups)) + 1):
            found = _kind(groups[start:end], text, first=start == 0, last=end == len(groups))
            if found:
                return found
            if sum(map(len, groups[start:end])) > 19:
                break
    return None


def _kind(groups, text, *, first, last):
    digits = "".join(groups)
    if len(groups) > 1 and re.fullmatch(r"19\d\d|20\d\d", groups[0]) and len(groups[1]) < 3:
        return None  # a date, and what stands behind it
    found = in_number(digits)
    if found:
        return found
    if last and text.endswith("x") and _is_card_of_identity(digits + "x"):
        return "id_card"
    return "phone" if _is_phone(groups, text, first=first) else None


def _is_phone(groups, text, *, first):
    """A landline with its area code, or a number of another country."""
    digits = "".join(groups)
    abroad = (first and text.lstrip("(").startswith("+")) or (digits.startswith("00") and len(digits) > 9)
    if abroad or (len(groups) > 1 and groups[0] in ("852", "853", "886")):
        return _is_valid("+" + digits.lstrip("0"), None)
    if re.fullmatch(r"(?:86)?0?(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}", digits) and digits.startswith(("0", "860")):
        return len(groups) == 1 or len(groups[0]) in (2, 3, 4)
    if len(groups) > 2 and groups[0] == "86":
        return _is_valid("+" + digits, None)
    american = [len(group) for group in groups] == [3, 3, 4] and ("(" in text or text.count("-") >= 2)
    return american and _is_valid(digits, "US")


def _is_valid(number, region):
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def _is_card_of_identity(digits):
    """Mainland identity cards: 18 characters, or 15 until 2004; the day of birth must exist."""
    if re.fullmatch(r"\d{17}[\dx]", digits):
        born = digits[6:14]
    elif re.fullmatch(r"\d{15}", digits):
        born = "19" + digits[6:12]
    else:
        return False
    try:
        birth = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return int(digits[:2]) in _PROVINCES and 1880 < birth.year < 2100


def _is_bank_card(digits):
    """Bank cards by their check digit, which keeps long serial numbers out."""
    long = 16 <= len(digits) <= 19 or (len(digits) == 15 and digits[:2] in ("34", "37"))
    return long and digits[0] in "34569" and len(set(digits)) > 1 and luhn.is_valid(digits)


def _is_address(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    # Version numbers and times such as 1::2 are rare; a bare "::" is no address of anybody.
    return len(text) > 6
