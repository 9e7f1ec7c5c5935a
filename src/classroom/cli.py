"""The command ``course``: build, run, kit, lab, data."""

import argparse
import locale
import os
import subprocess
import sys
from pathlib import Path

from helpers import language
from helpers.language import WrongKind, WrongValue, pick


def main(argv=None):
    """Run one command.

    Parameters
    ----------
    argv : list of str, optional
        What stands behind ``course``.

    Returns
    -------
    int
        0 where all went well, 1 where something failed, 2 where the command could not be understood.
    """
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # consoles that cannot show Chinese
    language.use(_spoken(argv))
    options = parser().parse_args(argv, argparse.Namespace(argv=argv))
    try:
        return options.act(options) or 0
    except (WrongKind, WrongValue) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(pick(en="Stopped.", zh="已停止。"), file=sys.stderr)
        return 130


def parser():
    """Describe the commands.

    Returns
    -------
    ArgumentParser
        Each command sets ``act``, a function of the options.
    """
    top = argparse.ArgumentParser(
        prog="course", description=pick(en="Service quality in banking.", zh="银行服务质量课程。")
    )
    commands = top.add_subparsers(required=True, metavar=pick(en="command", zh="命令"))
    _describe_build(commands)
    _describe_run(commands)
    _describe_kit(commands)
    _describe_lab(commands)
    _describe_reset(commands)
    _describe_progress(commands)
    _describe_poll(commands)
    _describe_report(commands)
    _describe_data(commands)
    return top


def _describe_build(commands):
    one = commands.add_parser(
        "build", help=pick(en="make the notebooks from their source", zh="由源文件生成笔记本")
    )
    one.add_argument(
        "--check", action="store_true", help=pick(en="only say what differs", zh="只说明哪里不一致")
    )
    one.add_argument(
        "--answers", action="store_true", help=pick(en="compute the stored answers anew", zh="重新计算答案")
    )
    one.set_defaults(act=build)


def _describe_run(commands):
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
        "--jobs", type=_positive, metavar="N", help=pick(en="how many at once", zh="同时运行几本")
    )
    one.add_argument(
        "--fresh", action="store_true", help=pick(en="also what has not changed", zh="没有变化的也重新运行")
    )
    one.add_argument("--timeout", type=_positive, default=600, metavar="SECONDS")
    one.add_argument("--strict", action="store_true", help=pick(en="warnings are errors", zh="警告也算错误"))
    one.add_argument("--offline", action="store_true", help=pick(en="without any network", zh="断网运行"))
    one.set_defaults(act=run)


def _describe_kit(commands):
    one = commands.add_parser(
        "kit", help=pick(en="one zip for a trainer without Python", zh="给讲师的压缩包，不需要 Python")
    )
    one.add_argument(
        "--route", required=True, metavar="ROUTE", help=pick(en="such as one-day", zh="例如 one-day")
    )
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.add_argument("--out", type=Path, metavar="FOLDER")
    one.set_defaults(act=kit)


def _describe_lab(commands):
    one = commands.add_parser(
        "lab", help=pick(en="JupyterLab on a working copy", zh="在工作副本上打开 JupyterLab")
    )
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.set_defaults(act=lab)


def _describe_reset(commands):
    one = commands.add_parser(
        "reset", help=pick(en="begin a notebook or a task afresh", zh="把一本笔记本或一道题恢复原样")
    )
    one.add_argument(
        "notebook",
        metavar="NOTEBOOK",
        help=pick(en="such as 05_servqual_exercises", zh="例如 05_servqual_exercises"),
    )
    one.add_argument("task", nargs="?", metavar="TASK", help=pick(en="only this task", zh="只恢复这一题"))
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.set_defaults(act=reset)


def _describe_progress(commands):
    one = commands.add_parser("progress", help=pick(en="which exercises are done", zh="哪些练习已完成"))
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.set_defaults(act=progress)


def _describe_poll(commands):
    one = commands.add_parser(
        "poll",
        help=pick(en="a workbook that draws the room's own numbers", zh="生成一个会自己画图的小调查工作簿"),
    )
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.add_argument("--out", type=Path, metavar="FILE", help=".xlsx")
    one.set_defaults(act=poll)


def _describe_report(commands):
    from classroom.report import commands as reports

    reports.describe(commands)


def _describe_data(commands):
    from classroom.owndata import commands as own

    one = commands.add_parser(
        "data", help=pick(en="a simulated bank, or your own data", zh="生成模拟银行，或使用自己的数据")
    )
    kinds = one.add_subparsers(required=True, metavar="make | map | check | pseudonymise")
    make = kinds.add_parser("make", help=pick(en="make a simulated bank", zh="生成模拟银行"))
    make.add_argument("--seed", type=int)
    make.add_argument("--customers", type=_positive)
    make.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    make.set_defaults(act=data_make)
    own.describe(kinds)


def build(options):
    """Make notebooks, glossary and answers from ``course``; with ``--check``, 1 if anything differs."""
    from classroom.authoring import build as builder
    from helpers import data

    home = data.home().resolve()
    changed = builder.build(root=home, check=options.check, answers=options.answers)
    for path in changed:
        print(path.relative_to(home))
    if not changed:
        print(pick(en="Everything is up to date.", zh="全部都是最新的。"))
    elif options.check:
        print(
            pick(
                en="These differ from their source; run `course build`.",
                zh="以上文件与源文件不一致，请运行 course build。",
            )
        )
    return int(options.check and bool(changed))


def run(options):
    """Run notebooks and print how it went; 1 if any failed."""
    from classroom.running import offline, parameters, summary
    from classroom.running import run as runner
    from helpers import data

    if options.offline and "COURSE_NAMESPACE" not in os.environ and offline.available():
        return _alone(offline.command([sys.executable, "-m", "classroom.cli", *options.argv]))
    home, given = data.home().resolve(), parameters.pairs(options.given)
    outcomes = runner.run(
        options.lessons,
        home=home,
        languages=language.LANGUAGES if options.language == "both" else (options.language,),
        given=given | ({"data": options.data} if options.data else {}),
        jobs=options.jobs,
        fresh=options.fresh,
        timeout=options.timeout,
        strict=options.strict,
        offline=options.offline,
    )
    print(summary.table(outcomes, home=home))
    return int(any(outcome.state == "failed" for outcome in outcomes))


def kit(options):
    """Pack one route for a trainer who has no Python."""
    from classroom.kit import make
    from helpers import data

    path = make.make(options.route, home=data.home().resolve(), spoken=options.language, out=options.out)
    print(pick(en=f"The kit stands in {path}", zh=f"讲师包已生成：{path}"))


def lab(options):
    """Open JupyterLab on ``my_notebooks``, which never loses what a student wrote."""
    from classroom.running import lab as room
    from helpers import data

    home = data.home().resolve()
    for name in room.refresh(home, target=home / "my_notebooks"):
        print(pick(en=f"Kept as you changed it: {name}", zh=f"你改过，保持原样：{name}"))
    return room.start(home / "my_notebooks", home=home, language=options.language)


def reset(options):
    """Bring a notebook, or one task in it, back to how it was given out; the student's version is kept."""
    from classroom.exercises import fresh
    from helpers import data

    path = data.home().resolve() / "my_notebooks" / options.language / f"{options.notebook}.ipynb"
    kept = fresh.restored(path, task=options.task)
    if kept is not None:
        print(pick(en=f"Your version is kept as {kept.name}", zh=f"你的版本保留为：{kept.name}"))
    print(pick(en=f"As it was: {path.name}", zh=f"已恢复原样：{path.name}"))


def progress(options):
    """Print what is done in every lesson."""
    from classroom.exercises import overview
    from helpers import data

    home = data.home().resolve()
    found = overview.entries(home, folder=home / "my_notebooks" / options.language)
    print(overview.total(found).strip("*"))
    for entry in found:
        print(f"{entry.state:<16} {entry.title}")


def poll(options):
    """Write the workbook of the room's poll, with its chart prepared."""
    from classroom.notebook import poll_workbook

    out = options.out or Path(pick(en="room_poll.xlsx", zh="现场小调查.xlsx"))
    poll_workbook.write(out)
    print(pick(en=f"The workbook stands in {out}", zh=f"工作簿已生成：{out}"))


def data_make(options):
    """Make a bank from a seed; without one, Qingyu Bank itself. The collection's catalogue follows."""
    from helpers import data
    from simbank import bank, catalogue

    given = {"seed": options.seed, "customers": options.customers}
    bank.make(options.out, **{name: value for name, value in given.items() if value is not None})
    if options.out.resolve().parent == data.home().resolve() / "datasets":
        catalogue.write(options.out.parent)
    print(pick(en=f"The bank stands in {options.out}", zh=f"模拟银行已生成：{options.out}"))


def _alone(command):
    """Run ourselves once more where only loopback exists."""
    return subprocess.call(command, env={**os.environ, "COURSE_NAMESPACE": "1"})  # noqa: S603


def _positive(text):
    """A whole number above zero."""
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(
            pick(
                en=f"it must be a whole number above 0; it is {text!r}",
                zh=f"应该是大于 0 的整数；现在是 {text!r}",
            )
        )
    return int(text)


def _spoken(argv):
    """The language of our own messages: as the command says, else as the machine speaks."""
    said = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    said.add_argument("--language", nargs="?")
    chosen = said.parse_known_args(argv)[0].language
    if chosen in language.LANGUAGES:
        return chosen
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith(("zh", "chinese")) else "en"


if __name__ == "__main__":
    sys.exit(main())
