"""Columns whose values number somebody, told by their heading; and which columns number the same things."""

import re
import unicodedata

from helpers.bank import codebook_shape
from owndata.identify import pinyin
from owndata.identify.identifiers import plain

_END = r"([ _-]?(id|ids|uid|no|nr|num|number|code|key|ref|hash))?$"
# What is numbered → how such a column is called. The same role in two tables is the same number.
ROLES = {
    "customer": rf"^(customer|client|cust|member|cif|cid|uid|payer|payee|holder|user|person|buyer|visitor){_END}"
                r"|^(客户|会员|用户|顾客|持卡人|户主)(编?号码?|id|代码|标识)?$|核心客户号",
    "respondent": rf"^(respondent|participant|interviewee){_END}|^(response|answer|sample|questionnaire)[ _-]?(id|no|nr|number|code)$"
                  r"|^(受访者|答卷|样本|问卷|被试)(编?号码?|id)?$",
    "case": rf"^(case|ticket|complaint|incident|request|journey|repeat[ _]of|workorder|work[ _]order){_END}"
            r"|^(案件|工单|投诉|业务单?|受理|旅程)(编?号码?|id)$",
    "staff": rf"^(employee|staff|agent|teller|advis[eo]r|manager|officer|operator|clerk|handler|handled[ _]by|served[ _]by|cashier){_END}"
             r"|工号|^(员工|柜员|经办人?|客户经理|操作员|坐席)(编?号码?|id)?$",
    "account": rf"^(account|acct|card|iban|loan|contract|policy|pan|passbook|device){_END}"
               r"|卡号|账号|帐号|账户号?|帐户号?|户号|合同(编?号|id)|存折号|借据号",
    "comment": rf"^(comment|review|feedback|message){_END}|^(意见|留言|评论)(编?号码?|id)$",
    "transaction": rf"^(transaction|txn|trx|order|receipt|payment|transfer|serial|flow|booking){_END}"
                   r"|流水号|交易(编?号|id)|订单(编?号|id)|凭证号",
    "visit": rf"^(session|visit|queue|row|record|entry|index){_END}|排队号|^(记录|会话)(编?号码?|id)$",
}  # fmt: skip
SURE = {"customer", "respondent", "staff"}  # somebody whatever the values look like
NUMBERED = SURE | {
    "case",
    "account",
    "comment",
}  # bare numbers do as well; of other roles codes, or a heading with "no"
PLACE = re.compile(
    r"^(branch|outlet|shop|touchpoint|region|city|district|province|country|department|unit|channel|product|"
    r"网点|支行|分行|机构|部门|区域|城市|省份|渠道|产品|触点)([ _-]?(id|no|code|name|编?号|代码|名称))?$|^(journey|旅程)$"
)
_GENERIC = re.compile(
    r"(^|[ _-])(id|uid|uuid|guid)$|^(no\.?|nr|#|序号)$|^id([ _-]|$)|编号$|号码$|(?<=[a-z])Id$|(?<=[a-z])ID$"
)


def role(heading):
    """Tell what a column numbers, by its heading alone.

    Parameters
    ----------
    heading : str
        The heading, or a title of the codebook.

    Returns
    -------
    str or None
        A key of `ROLES`.

    Examples
    --------
    >>> role("customer_id"), role("member_no"), role("客户号"), role("khh"), role("branch")
    ('customer', 'customer', 'customer', 'customer', None)
    """
    text = plain(heading)
    found = next((name for name, pattern in ROLES.items() if re.search(pattern, text)), None)
    return found or pinyin.role(text)


def is_place(heading):
    """Tell whether a column names a place, a channel or the like: public, and nobody.

    Parameters
    ----------
    heading : str
        The heading of a column.

    Returns
    -------
    bool
        True where it does.

    Examples
    --------
    >>> is_place("branch"), is_place("网点编号"), is_place("customer")
    (True, True, False)
    """
    return PLACE.search(plain(heading)) is not None


def says_id(heading):
    """Tell whether a heading calls its column an id without saying of what.

    Parameters
    ----------
    heading : str
        The heading of a column.

    Returns
    -------
    bool
        True where it does.

    Examples
    --------
    >>> says_id("ref_id"), says_id("paid"), says_id("保单编号")
    (True, False, True)
    """
    return _GENERIC.search(unicodedata.normalize("NFKC", str(heading)).strip()) is not None or bool(
        _GENERIC.search(plain(heading))
    )


def domains(package, replaced, *, alike=()):
    """Say for every column to be replaced what its ids are ids of.

    Columns of one role, columns that a foreign key joins, and columns that hold the same values share a
    domain: the same id has the same pseudonym in all of them.

    Parameters
    ----------
    package : dict
        The codebook.
    replaced : dict
        (table, column) → its role, or None where only table and column name it.
    alike : iterable of pairs
        Columns known to hold the same ids (`alike`).

    Returns
    -------
    dict
        (table, column) → domain.

    Examples
    --------
    >>> domains({"resources": []}, {("a", "customer"): "customer", ("b", "kunde"): None})
    {('a', 'customer'): 'customer', ('b', 'kunde'): 'b.kunde'}
    """
    first = {}
    roles = [(first.setdefault(named, column), column) for column, named in replaced.items() if named]
    home = {column: {column} for column in replaced}
    for here, there in [*roles, *_links(package), *alike]:
        if here in home and there in home and home[here] is not home[there]:
            together = home[here] | home[there]
            home |= dict.fromkeys(together, together)
    return {column: _domain(members, replaced) for column, members in home.items()}


def alike(values, replaced):
    """Find the columns without a role whose values are mostly those of a column that has one.

    Parameters
    ----------
    values : dict
        (table, column) → set of its different ids.
    replaced : dict
        As for `domains`.

    Yields
    ------
    pair of (table, column)
        A column without a role, and the one whose ids it holds.
    """
    for column in (one for one, named in replaced.items() if not named):
        for other in (one for one, named in replaced.items() if named):
            if values[column] and len(values[column] & values[other]) >= 0.5 * len(values[column]):
                yield column, other


def _domain(members, replaced):
    named = sorted(filter(None, (replaced[column] for column in members)))
    return named[0] if named else min(".".join(column) for column in members)


def _links(package):
    """Both ends of every foreign key, column by column."""
    for resource in package["resources"]:
        for link in resource.get("schema", {}).get("foreignKeys", []):
            there = link["reference"].get("resource") or resource["name"]
            ends = (
                codebook_shape.key_columns(link["fields"]),
                codebook_shape.key_columns(link["reference"]["fields"]),
            )
            for mine, theirs in zip(*ends, strict=False):  # `check` tells of odd ones
                if (resource["name"], mine) != (there, theirs):
                    yield (resource["name"], mine), (there, theirs)
