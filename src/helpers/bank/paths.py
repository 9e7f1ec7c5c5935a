"""Where a table of a bank may lie: one plain file inside the bank's own folder, and nowhere else."""

import re
from pathlib import Path, PurePosixPath

from helpers.bank.language import WrongValue

LONGEST = 200  # characters; Windows allows 260 with the folder's own
# Names that Windows gives to devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
RULE = (
    "one file inside the folder, such as tables/survey.csv",
    "这个文件夹里的一个文件，例如 tables/survey.csv",
)
ABSENT = "there is no such file", "没有这个文件"
FOLDER = "that is a folder", "那是一个文件夹"


def refusal(path):
    r"""Say why a codebook must not name this path, before anything is looked at on the disk.

    Parameters
    ----------
    path : object
        What the codebook says.

    Returns
    -------
    tuple of str or None
        The reason in English and in Chinese; None where the path may be used.

    Examples
    --------
    >>> refusal("survey.csv"), refusal("../survey.csv")[0], refusal("C:\\survey.csv")[0]
    (None, 'it leads out of the folder', 'it does not start in the folder')
    """
    if not isinstance(path, str) or not path.strip():
        return "it is not a text", "它不是文字"
    if len(path) > LONGEST:
        return f"it has more than {LONGEST} characters", f"超过 {LONGEST} 个字符"
    if re.match(r"\w+://", path):
        return "it is an address on a network, and nothing is fetched", "它是网络地址，这里不会联网读取"
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path):
        return "it does not start in the folder", "它不是从这个文件夹开始的"
    if _NOT_IN_NAMES.search(path):
        return (
            "it holds a character that not every system allows in a name",
            "含有某些系统不允许用在文件名里的字符",
        )
    parts = PurePosixPath(path).parts
    if ".." in parts:
        return "it leads out of the folder", "它指到了文件夹外面"
    if any(_DEVICES.fullmatch(part) or part.endswith((".", " ")) for part in parts):
        return "it is a name that Windows keeps for itself", "它是 Windows 保留的名称"
    return None


def inside(folder, path):
    """Find a file that a codebook names, following the one rule for all who read or write a bank.

    Parameters
    ----------
    folder : str or Path
        The bank's folder.
    path : object
        What the codebook says.

    Returns
    -------
    Path
        A regular file inside the folder; it exists.

    Raises
    ------
    WrongValue
        If the path is refused, leads elsewhere by a link, or there is no such regular file.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> _ = (place / "a.csv").write_text("x", encoding="utf-8")
    >>> inside(place, "a.csv").name
    'a.csv'
    """
    if why := reason(folder, path):
        shown = str(path)[:60]
        raise WrongValue(
            en=f"The codebook in '{folder}' names '{shown}', but {why[0]}. Add the file, or write the path of {RULE[0]}.",
            zh=f"'{folder}' 的数据说明里写着 '{shown}'，但是{why[1]}。请补上文件，或写{RULE[1]}。",
        )
    return Path(folder) / path


def reason(folder, path):
    """Say why a file that a codebook names must not be opened.

    Parameters
    ----------
    folder, path
        As for `inside`.

    Returns
    -------
    tuple of str or None
        The reason in English and in Chinese; None where it may be opened.
    """
    return refusal(path) or _refusal_on_disk(Path(folder), Path(folder) / path)


def is_regular(path):
    """Tell whether a path is a plain file: no folder, pipe, socket or device, which may never end.

    Parameters
    ----------
    path : Path
        Any path; links are followed.

    Returns
    -------
    bool
        False also where there is nothing, or nothing that may be looked at.
    """
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _refusal_on_disk(folder, path):
    """Why a path whose words are good cannot be used all the same."""
    try:
        root, target = folder.resolve(), path.resolve()
        if root not in target.parents:
            return "a link leads from there out of the folder", "那里有一个链接指到了文件夹外面"
        if not target.exists():
            return ABSENT
        if target.is_dir():
            return FOLDER
    except (OSError, ValueError, RuntimeError) as error:  # a name too long, a circle of links
        return f"it cannot be opened ({type(error).__name__})", f"无法打开（{type(error).__name__}）"
    if not is_regular(target):
        return (
            "that is not a plain file but a pipe, a socket or a device",
            "那不是普通文件，而是管道、套接字或设备",
        )
    return None
