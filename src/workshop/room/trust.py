"""Whom a room trusts: what is said before it opens, and when it does not."""

import os

from helpers.bank.language import WrongValue, pick
from owndata.share import key_file
from workshop.room import sandbox


def warning():
    """Say what a room is, and what it is not.

    Returns
    -------
    str
        One sentence: the first line of the command, part of the invitation and of the page of seats.
    """
    return pick(
        en="Everybody in this room can read and change everything in it, at every seat: put nothing here that is private.",
        zh="教室里的每个人都能看到并修改这里的一切，包括每个座位的内容：请不要放任何私人的东西。",
    )


def refuse_untrusted(trusted):
    """Open no room without the trainer's word that its people are trusted.

    Parameters
    ----------
    trusted : bool
        Whether ``--trusted`` was given.

    Raises
    ------
    WrongValue
        It was not; the sentence names what else there is.
    """
    if not trusted:
        raise WrongValue(
            en="Seats are folders, not walls: everybody in the room can read and change everything in it, and run programs "
            "on this machine. If you trust everybody there, add --trusted; if not, use The Littlest JupyterHub or "
            "JupyterHub, which give everyone an account of their own (tljh.jupyter.org).",
            zh="座位只是文件夹，不是墙：教室里的每个人都能看到并修改这里的一切，也能在这台电脑上运行程序。"
            "如果信任在场的每个人，请加上 --trusted；否则请用 The Littlest JupyterHub 或 JupyterHub，"
            "它们给每个人一个单独的账户（tljh.jupyter.org）。",
        )


def refuse_dangers(*, allow_root):
    """Refuse to open a room from where it could do the most harm.

    Parameters
    ----------
    allow_root : bool
        Whether the administrator's account will do.

    Raises
    ------
    WrongValue
        We are the administrator, or a key of pseudonyms is in reach.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not allow_root:
        raise WrongValue(
            en="You are the administrator (root), and so would be everybody in the room. Start it from an ordinary account, "
            "or add --allow-root where this machine serves nothing else.",
            zh="现在用的是管理员（root）账户，教室里的每个人也会有同样的权限。请换用普通账户；"
            "如果这台电脑不作别用，可以加上 --allow-root。",
        )
    key = key_file.default()
    if os.path.lexists(key) and not sandbox.version():
        raise WrongValue(
            en=f"The key of your pseudonyms, '{key}', could be read by everybody in the room. Move it to a place that is not "
            "on this machine, such as a USB stick, and start again.",
            zh=f"你的假名密钥 '{key}' 会被教室里的每个人读到。请先把它移到别处（例如 U 盘），再重新启动。",
        )
