"""``course reset`` and ``progress``."""

from pathlib import Path

from helpers.bank import language
from helpers.bank.language import pick, wrong


def describe(commands):
    """Add the commands.

    Parameters
    ----------
    commands : argparse action
        What ``add_subparsers`` of ``course`` returned.
    """
    _reset(commands)
    _progress(commands)


def _reset(commands):
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


def _progress(commands):
    one = commands.add_parser("progress", help=pick(en="which exercises are done", zh="哪些练习已完成"))
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.set_defaults(act=progress)


def reset(options):
    """Bring a notebook, or one task in it, back to how it was given out; the student's version is kept."""
    from classroom.exercises import task_reset

    path = _place(options)
    kept = task_reset.restored(path, task=options.task)
    if kept is not None:
        print(pick(en=f"Your version is kept as {kept.name}", zh=f"你的版本保留为：{kept.name}"))
    print(pick(en=f"As it was: {path.name}", zh=f"已恢复原样：{path.name}"))


def _place(options):
    """Where the notebook is: a name stands for the working copy in the course's folder, a file for itself."""
    from helpers.bank import data

    if not options.notebook.strip():
        raise wrong("workshop.reset_command.which")
    if not options.notebook.endswith(".ipynb"):
        return data.home().resolve() / "my_notebooks" / options.language / f"{options.notebook}.ipynb"
    path = Path(options.notebook)
    if not path.is_file():
        raise wrong("workshop.reset_command.absent", path=path)
    if path.resolve().parent.name in language.LANGUAGES:
        language.use(path.resolve().parent.name)  # the edition is that of its folder
    return path


def progress(options):
    """Print what is done in every lesson."""
    from classroom.exercises import progress_table
    from helpers.bank import data

    home = data.home().resolve()
    found = progress_table.entries(home, folder=home / "my_notebooks" / options.language)
    print(progress_table.total(found).strip("*"))
    for entry in found:
        print(f"{entry.state:<16} {entry.title}")
