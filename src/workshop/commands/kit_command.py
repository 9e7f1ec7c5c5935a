"""``course kit`` and ``poll``."""

import re
from pathlib import Path

from helpers.bank import language
from helpers.bank.language import pick, worded, wrong
from workshop.commands.options import at_least


def describe(commands):
    """Add the commands.

    Parameters
    ----------
    commands : argparse action
        What ``add_subparsers`` of ``course`` returned.
    """
    _kit(commands)
    _poll(commands)


def _kit(commands):
    one = commands.add_parser(
        "kit", help=pick(en="one zip for a trainer without Python", zh="给讲师的压缩包，不需要 Python")
    )
    one.add_argument("--route", metavar="ROUTE", help=pick(en="such as one-day", zh="例如 one-day"))
    one.add_argument(
        "--with-python",
        action="store_true",
        help=worded("workshop.kit_command.with_python"),
    )
    one.add_argument(
        "--python",
        type=Path,
        metavar="ZIP",
        help=worded("workshop.kit_command.python"),
    )
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.add_argument("--out", type=Path, metavar="FOLDER")
    _printed(one)
    one.set_defaults(act=kit)


def _printed(one):
    """How the kit looks, and how many copies of it there are."""
    one.add_argument(
        "--logo",
        type=Path,
        metavar="FILE",
        help=pick(en="the client's, on every slide", zh="客户的标志，每张幻灯片都有"),
    )
    one.add_argument(
        "--colour", metavar="HEX", help=pick(en="the client's, such as 0B6B62", zh="客户的颜色，例如 0B6B62")
    )
    one.add_argument(
        "--pdf",
        action="store_true",
        help=worded("workshop.kit_command.pdf"),
    )
    one.add_argument(
        "--people",
        type=at_least(2, most=60),
        default=30,
        metavar="N",
        help=pick(en="for how many copies are counted; 30 otherwise", zh="按多少人算份数，默认 30 人"),
    )


def _poll(commands):
    one = commands.add_parser(
        "poll",
        help=pick(en="a workbook that draws the room's own numbers", zh="生成一个会自己画图的小调查工作簿"),
    )
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.add_argument("--out", type=Path, metavar="FILE", help=".xlsx")
    one.set_defaults(act=poll)


def kit(options):
    """Pack one route for a trainer who has no Python, the lessons with a Python of their own, or both."""
    from helpers.bank import data
    from workshop.kit.kit import Client, make
    from workshop.portable import portable

    _refuse_unclear(options)
    home, path = data.home().resolve(), None
    if options.route:
        client = Client(options.logo, options.colour, options.pdf, options.people)
        path = make(options.route, home=home, spoken=options.language, out=options.out, client=client)
        print(pick(en=f"The kit is in {path}", zh=f"讲师包已生成：{path}"))
    if options.with_python:
        path = portable.make(
            home=home, spoken=options.language, out=options.out, given=options.python, kit=path
        )
        print(pick(en=f"The folder with Python is in {path}", zh=f"含 Python 的文件夹已生成：{path}"))


def _refuse_unclear(options):
    """What is to be packed must be said."""
    if not options.route and not options.with_python:
        raise wrong("workshop.kit_command.no_route")
    if options.python and not (options.with_python and options.python.is_file()):
        raise wrong("workshop.kit_command.no_zip", path=options.python)
    if options.colour and not re.fullmatch(r"#?[0-9A-Fa-f]{6}", options.colour):
        raise wrong("workshop.kit_command.colour", colour=options.colour)


def poll(options):
    """Write the workbook of the room's poll, with its chart prepared."""
    from classroom.forms import poll_workbook
    from helpers.bank import files

    out = options.out or Path(pick(en="room_poll.xlsx", zh="现场小调查.xlsx"))
    files.refuse_taken(out)
    poll_workbook.write(out)
    print(pick(en=f"The workbook is in {out}", zh=f"工作簿已生成：{out}"))
