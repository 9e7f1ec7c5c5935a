"""Headings in pinyin and abbreviations, as core banking systems export them: khh is 客户号."""

import re

# Whole headings only, without blanks, strokes and a number at the end. What is numbered → its headings.
_NUMBERED = {
    "customer": "khh khbh khid khdm khhm kehuhao kehubianhao kehuid hyh hybh huiyuanhao yhid yonghuid hxkhh gkh ckrbh",
    "account": "zh zhh zhid zhanghao zhanghu zhhm kh kahao yhkh yinhangkahao kahm hth hetonghao bdh baodanhao jjh jiejuhao czh",
    "staff": "gh ygh yghh ygbh gonghao yuangonghao gyh guiyuanhao khjl khjlh kehujingli jbr jingbanren czy caozuoyuan",
    "case": "gdh gongdanhao ajh anjianhao tsbh tousubianhao ywbh slh shoulihao",
    "transaction": "lsh liushuihao jylsh jyh jiaoyihao ddh dingdanhao pzh pingzhenghao",
}
# Kind of identifier (`identifiers.KINDS`) → its headings.
_POINTING = {
    "id_card": "sfz sfzh sfzhm shenfenzheng shenfenzhenghao zjh zjhm zhengjianhao ssn nric passportno",
    "phone": "sj sjh sjhm shouji shoujihao dh dhhm dianhua lxdh lxfs tel telno msisdn mobileno phoneno",
    "name": "xm xingming khxm khmc kehuxingming kehumingcheng hm huming lxr lianxiren ckr custname cname fullname surname",
    "email": "yx youxiang dzyx dzyj",
    "nickname": "yhm yonghuming nc nicheng",
    "address": "dz dizhi zz zhuzhi txdz jtzz jtdz addr",
    "birthday": "csrq chushengriqi sr shengri",
    "plate": "cph chepai chepaihao",
    "wechat": "wx wxh weixin weixinhao",
}  # fmt: skip


def role(heading):
    """Tell what a column numbers, by a heading in pinyin.

    Parameters
    ----------
    heading : str
        In small letters (`identifiers.plain`).

    Returns
    -------
    str or None
        A key of `ids.ROLES`.

    Examples
    --------
    >>> role("khh"), role("ke_hu_hao"), role("khh2"), role("khhd")
    ('customer', 'customer', 'customer', None)
    """
    return _ROLES.get(_compact(heading))


def kind(heading):
    """Tell which kind of identifier a heading in pinyin announces.

    Parameters
    ----------
    heading : str
        In small letters (`identifiers.plain`).

    Returns
    -------
    str or None
        A key of `identifiers.KINDS`.

    Examples
    --------
    >>> kind("sfzh"), kind("xing ming"), kind("pj")
    ('id_card', 'name', None)
    """
    return _KINDS.get(_compact(heading))


def _compact(heading):
    return re.sub(r"[ _.\-]|\d+$", "", heading)


def _by_heading(listed):
    return {heading: name for name, headings in listed.items() for heading in headings.split()}


_ROLES, _KINDS = _by_heading(_NUMBERED), _by_heading(_POINTING)
