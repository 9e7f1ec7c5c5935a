"""What points at a person: columns to leave at the door, known by their heading or by their content."""

import re
import unicodedata

from owndata.identify import pinyin, traces

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
    "wechat": ("WeChat account", "微信账号", r"微信号|微信昵称|openid|unionid|^微信$|^wechat( id| account)?$"),
    "nickname": ("nickname", "昵称", r"昵称|用户名|nick ?name|user ?name|登录名"),
    "name": (
        "name of a person", "姓名",
        r"姓名|名字|称呼|(公司|单位|企业|户)名|工作单位|^(company|employer)( name)?$|^(your |full |first |last |family |customer |respondent |client )?name$|"
        r"^(first|last|full|customer|client|staff)_?name$",
    ),
    "account": (
        "account or card number", "账号或卡号",
        r"卡号|账号|账户号|户号|(account|card) ?(no\b|number)|^(account|card)$",
    ),
    "staff": ("staff number", "工号", r"工号|员工编?号|staff ?(id|no\b|number)|employee ?(id|no\b|number)"),
    "address": ("address", "住址", r"住址|家庭地址|详细地址|通讯地址|^(home |postal )?address$"),
    "coordinates": (
        "place on a map", "经纬度", r"经纬度|经度|纬度|地理位置|\bgps\b|^(lat|lng|lon|latitude|longitude)$",
    ),
    "birthday": ("day of birth", "出生日期", r"出生(日期|年月)|生日|birth ?day|birth ?date|date of birth|^dob$"),
    "plate": ("number plate", "车牌号", r"车牌|^(number |licen[cs]e )?plate( ?(no|number))?$"),
    "mac": ("device address (MAC)", "设备 MAC 地址", r"(?<![a-z])mac([ _]?addr(ess)?)?(?![a-z])|imei|设备(号|标识)"),
    "qq": ("QQ number", "QQ 号", r"^qq$|qq号"),
}  # fmt: skip

_NUMBERED = re.compile(r"^\s*(第?\d+[、.．:：)）题]|q\d+[.:、]?\s)\s*", re.IGNORECASE)


def plain(text):
    """Return a heading or an answer without full-width letters, question number and outer blanks.

    Parameters
    ----------
    text : object
        What is in the cell.

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
    text = plain(heading).replace("_", " ")
    found = next((kind for kind, (_, _, pattern) in KINDS.items() if re.search(pattern, text)), None)
    return found or pinyin.kind(text)


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
    return found or next(filter(None, (traces.in_text(text) for text in values if len(text) > 4)), None)
