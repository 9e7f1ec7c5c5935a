"""What points at a person: columns to leave at the door, known by their heading or by their content."""

import ipaddress
import re
import unicodedata

# kind → English, Chinese, what its heading looks like.
KINDS = {
    "ip": ("IP address", "IP 地址", r"(?<![a-z])ip(?![a-z])"),
    "phone": (
        "phone number", "电话号码",
        r"手机号|电话号|联系电话|联系方式|您的(手机|电话)|^(手机|电话)$|"
        r"^(your |contact )?(mobile|phone|telephone|cell)( ?phone)?( number| no\.?)?$",
    ),
    "id_card": ("identity document", "证件号码", r"身份证|证件号|护照|id card|identity card|passport"),
    "email": ("e-mail address", "电子邮箱", r"邮箱|邮件地址|e-?mail"),
    "wechat": ("WeChat account", "微信账号", r"微信号|微信昵称|openid|unionid|^微信$|^wechat( id| account)?$|qq号|^qq$"),
    "nickname": ("nickname", "昵称", r"昵称|用户名|nick ?name|user ?name|登录名"),
    "name": (
        "name of a person", "姓名",
        r"姓名|名字|称呼|^(your |full |first |last |family |customer |respondent |client )?name$|"
        r"^(first|last|full|customer|client|staff)_?name$",
    ),
    "account": (
        "account or card number", "账号或卡号",
        r"卡号|账号|账户号|户号|(account|card) ?(no\b|number)|^(account|card)$",
    ),
    "staff": ("staff number", "工号", r"工号|员工编?号|staff ?(id|no\b|number)|employee ?(id|no\b|number)"),
    "address": ("address", "住址", r"住址|家庭地址|详细地址|^(home |postal )?address$|经纬度|地理位置|\bgps\b"),
}  # fmt: skip

_CONTENT = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    "id_card": re.compile(r"(?<!\d)\d{6}(18|19|20)\d{9}[\dXx](?![\dXx])"),
    "phone": re.compile(r"(?<!\d)(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),
}
_NUMBERED = re.compile(r"^\s*(第?\d+[、.．:：)）题]|q\d+[.:、]?\s)\s*", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\d.])(\d{1,3}\.){3}\d{1,3}(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}(?![\w:])")
_CARD = re.compile(r"(?<!\d)\d{4}([ -]?\d{4}){3}([ -]?\d{1,3})?(?!\d)")


def plain(text):
    """Return a heading or an answer without full-width letters, question number and outer blanks.

    Parameters
    ----------
    text : object
        What stands in the cell.

    Returns
    -------
    str
        In small letters, for comparing only.

    Examples
    --------
    >>> plain("3、您的ＩＰ地址 ")
    '您的ip地址'
    """
    folded = unicodedata.normalize("NFKC", str(text)).strip()
    return _NUMBERED.sub("", folded).strip(" *:").casefold()


def by_heading(heading):
    """Tell which kind of identifier a heading announces.

    Parameters
    ----------
    heading : str
        The heading of a column.

    Returns
    -------
    str or None
        A key of `KINDS`.

    Examples
    --------
    >>> by_heading("4、您的姓名"), by_heading("您使用手机银行的频率")
    ('name', None)
    """
    text = plain(heading)
    return next((kind for kind, (_, _, pattern) in KINDS.items() if re.search(pattern, text)), None)


def in_text(text):
    """Tell which kind of identifier stands in a cell, alone or within a sentence.

    Parameters
    ----------
    text : str
        The content of a cell.

    Returns
    -------
    str or None
        A key of `KINDS`.

    Examples
    --------
    >>> in_text("请回电 138-0013-8000"), in_text("113.88.1.2(广东深圳)"), in_text("大堂 8.30 开门")
    ('phone', 'ip', None)
    """
    text = unicodedata.normalize("NFKC", text)
    if any(_is_address(found[0]) for pattern in (_IPV4, _IPV6) for found in pattern.finditer(text)):
        return "ip"
    if any(_adds_up(found[0]) for found in _CARD.finditer(text)):
        return "account"
    return next((kind for kind, pattern in _CONTENT.items() if pattern.search(text)), None)


def kind(heading, values):
    """Tell whether a column points at persons, by its heading first, then by its content.

    Parameters
    ----------
    heading : str
        The heading of the column.
    values : iterable of str
        Its cells; one that points at a person is enough.

    Returns
    -------
    str or None
        A key of `KINDS`.
    """
    found = by_heading(heading)
    return found or next(filter(None, (in_text(text) for text in values if len(text) > 5)), None)


def _is_address(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    # Version numbers and times such as 1::2 are rare; a bare "::" is no address of anybody.
    return len(text) > 6


def _adds_up(text):
    """The check digit of bank cards (Luhn): it keeps long serial numbers out."""
    digits = [int(d) for d in reversed(text) if d.isdigit()]
    doubled = [d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)]
    return len(digits) >= 16 and sum(doubled) % 10 == 0 and len(set(digits)) > 1
