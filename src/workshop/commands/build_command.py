"""``course build``."""

from helpers.bank.language import pick, worded


def describe(commands):
    """Add the command.

    Parameters
    ----------
    commands : argparse action
        What ``add_subparsers`` of ``course`` returned.
    """
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


def build(options):
    """Make notebooks, glossary and answers from ``course``; with ``--check``, 1 if anything differs."""
    from helpers.bank import data
    from workshop.build import build as builder

    home = data.home().resolve()
    changed = builder.build(root=home, check=options.check, answers=options.answers)
    for path in changed:
        print(path.relative_to(home))
    if not changed:
        print(pick(en="Everything is up to date.", zh="全部都是最新的。"))
    elif options.check:
        print(worded("workshop.build_command.stale"))
    return int(options.check and bool(changed))
