"""``course run``, ``lab`` and ``doctor``."""

import os
import sys
from contextlib import nullcontext
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
    _run(commands)
    _lab(commands)
    commands.add_parser(
        "doctor",
        help=worded("workshop.run_command.describe"),
    ).set_defaults(act=doctor)


def _run(commands):
    one = commands.add_parser(
        "run", help=pick(en="run notebooks, write their pages", zh="运行笔记本并生成网页")
    )
    one.add_argument(
        "lessons", nargs="*", metavar="LESSON", help=pick(en="such as 05_servqual", zh="例如 05_servqual")
    )
    one.add_argument("--language", choices=("en", "zh", "both"), default="both")
    one.add_argument(
        "--data", metavar="FOLDER", help=pick(en="a bank: name or folder", zh="银行数据：名称或文件夹")
    )
    one.add_argument("-p", dest="given", action="append", default=[], metavar="name=value")
    one.add_argument(
        "--jobs", type=at_least(1), metavar="N", help=pick(en="how many at once", zh="同时运行几本")
    )
    one.add_argument(
        "--fresh", action="store_true", help=pick(en="also what has not changed", zh="没有变化的也重新运行")
    )
    one.add_argument(
        "--timeout",
        type=at_least(1),
        default=600,
        metavar="SECONDS",
        help=pick(en="for each cell; 600 otherwise", zh="每个单元格最多几秒，默认 600"),
    )
    one.add_argument("--strict", action="store_true", help=pick(en="warnings are errors", zh="警告也算错误"))
    one.add_argument("--offline", action="store_true", help=pick(en="without any network", zh="断网运行"))
    one.add_argument(
        "--cold",
        action="store_true",
        help=pick(en="each notebook in a Python of its own from the start", zh="每本笔记本都从头启动 Python"),
    )
    one.set_defaults(act=run)


def _lab(commands):
    one = commands.add_parser(
        "lab", help=pick(en="JupyterLab on a working copy", zh="在工作副本上打开 JupyterLab")
    )
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.add_argument(
        "--data",
        metavar="FOLDER",
        help=pick(en="a bank of your own: name or folder", zh="用自己的银行数据：名称或文件夹"),
    )
    one.add_argument(
        "--seats",
        type=at_least(1),
        metavar="N",
        help=worded("workshop.run_command.room"),
    )
    one.add_argument(
        "--trusted",
        action="store_true",
        help=worded("workshop.run_command.trust"),
    )
    one.add_argument(
        "--allow-root", action="store_true", help=pick(en="also as administrator", zh="也允许管理员账户")
    )
    one.add_argument(
        "--port",
        type=at_least(1, most=65535),
        metavar="N",
        help=pick(en="where the browser finds it; it must be free", zh="浏览器访问的端口，应该空闲"),
    )
    _kept(one)
    one.set_defaults(act=lab)


def _kept(one):
    """Where a lab keeps what is written."""
    one.add_argument(
        "--folder",
        type=Path,
        metavar="PLACE",
        help=pick(en="where the working copy is, or shall be", zh="工作副本放在哪个文件夹"),
    )
    one.add_argument(
        "--self-contained",
        action="store_true",
        help=worded("workshop.run_command.kept"),
    )


def run(options):
    """Run notebooks and print how it went; 1 if any failed."""
    from workshop.jobs import no_network, parent, tether

    if options.offline and "COURSE_NAMESPACE" not in os.environ and no_network.available():
        return _alone(no_network.command([sys.executable, "-m", "workshop.cli", *options.argv]))
    if "COURSE_NAMESPACE" in os.environ:
        tether.tie(os.getppid())
    # It imports what kernels need while we import and plan; a strict kernel shall hear what its own imports say.
    forks = parent.available() and not (options.cold or options.strict)
    with parent.begun([*parent.COMMON, *parent.OPENING]) if forks else nullcontext() as early:
        return _run_all(options, early)


def _run_all(options, early):
    """The same with a parent of warm kernels, where one has begun."""
    # Slow to import, and anyone who only starts us once more does without.
    from helpers.bank import data
    from workshop.jobs import parameters
    from workshop.run import run as runner
    from workshop.run import run_summary

    home, given = data.home().resolve(), parameters.pairs(options.given)
    given |= {"data": options.data} if options.data else {}
    outcomes = runner.run(
        options.lessons,
        home=home,
        languages=language.LANGUAGES if options.language == "both" else (options.language,),
        given=given,
        jobs=options.jobs,
        fresh=options.fresh,
        timeout=options.timeout,
        strict=options.strict,
        offline=options.offline,
        cold=options.cold,
        early=early,
    )
    print(run_summary.table(outcomes, folder=runner.pages_folder(home, given), given=given))
    return int(any(outcome.state == "failed" for outcome in outcomes))


def lab(options):
    """Open JupyterLab on ``my_notebooks``, which never loses what a student wrote."""
    from helpers.bank import data
    from workshop.room import lab as room
    from workshop.room import room_copy, server

    home, extra = data.home().resolve(), ["--allow-root"] if options.allow_root else []
    if options.seats:
        return _room(home, options, extra)
    if options.port:
        server.refuse_taken(options.port)
    own = f"_{data.folder(options.data).resolve().name}" if options.data else ""
    target = (options.folder or home / f"my_notebooks{own}").resolve()
    if options.self_contained:
        room.usable(target, below=target)
        os.environ |= room_copy.own_places(target / room.SETTINGS) | {"PYTHONUTF8": "1"}
    for name in room.refresh(home, target=target, tell=_tell, data=options.data):
        beside = room.newer(name)
        print(worded("workshop.run_command.edition_beside", name=name, beside=beside))
    port = [f"--ServerApp.port={options.port}", "--ServerApp.port_retries=0"] if options.port else []
    return room.start(target, home=home, language=options.language, options=[*extra, *port])


def _room(home, options, extra):
    """Open a room of seats, where the trainer trusts its people."""
    from workshop.room import seats, trust

    trust.refuse_untrusted(options.trusted)
    if options.folder or options.data or options.self_contained:
        raise wrong("workshop.run_command.room_options")
    target, spoken, notes = home / "my_room", options.language, []
    seats.prepare(home, target=target, language=spoken, count=options.seats, tell=notes.append)
    return seats.start(
        target, home=home, language=spoken, port=options.port or 8888, notes=notes, options=extra
    )


def _tell(sentence):
    print(sentence, file=sys.stderr, flush=True)


def _alone(command):
    """Run ourselves once more where only loopback exists."""
    from workshop.room import server

    return server.attend(command, env={**os.environ, "COURSE_NAMESPACE": "1"})


def doctor(options):
    """Print what the course stands on."""
    from helpers.bank import data
    from workshop.room import doctor as room

    print(room.told(data.home().resolve()))
