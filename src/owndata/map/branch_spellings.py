"""One branch in several spellings: found, and joined only where a person says so."""

import re
import unicodedata
from collections import Counter

_BANK = re.compile(
    r"^.*?(银行|信用社|农商行)(股份有限公司|有限责任公司|有限公司)?(?=.)|^(the )?\w+ bank,?(?=.)"
)
_KIND = re.compile(r"(?<=..)(支行|分理处|营业部|网点|分行)$|(?<=...)(branch|outlet)$")


def key(name):
    """Write a name without what is written differently: case, blanks, width, the bank before, 'branch' behind, zeros in front.

    Parameters
    ----------
    name : str

    Returns
    -------
    str

    Examples
    --------
    >>> key("HARBOUR ") == key("Harbour"), key("青屿银行滨江 支行") == key("滨江支⾏")
    (True, True)
    """
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    spaced = _BANK.sub("", folded)
    bare = re.sub(r"[\s·.,'’\-_]", "", spaced) or re.sub(r"\s", "", folded)
    return re.sub(r"(?<!\d)0+(?=\d)", "", _KIND.sub("", bare))


def spellings(names):
    """Group the names that are probably one.

    Parameters
    ----------
    names : Series or iterable of str
        One a respondent.

    Returns
    -------
    dict
        The commonest spelling → the others; only where there are several.

    Examples
    --------
    >>> spellings(["Harbour", "HARBOUR", "Harbour", "Old Town"])
    {'Harbour': ['HARBOUR']}
    """
    groups, counts = {}, Counter(name for name in names if name)
    for name, _ in counts.most_common():
        groups.setdefault(key(name), []).append(name)
    return {first: rest for first, *rest in groups.values() if rest}
