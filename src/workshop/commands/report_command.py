"""``course report``."""

import sys
from pathlib import Path

from helpers.bank import escaping, language
from helpers.bank.language import pick, wrong
from workshop.commands.options import at_least


def describe(commands):
    """Add the command.

    Parameters
    ----------
    commands : argparse action
        What ``add_subparsers`` of ``course`` returned.
    """
    one = commands.add_parser(
        "report", help=pick(en="a short report for each branch", zh="为每家网点生成一份简短报告")
    )
    one.add_argument("subject", choices=("servqual", "experience", "morning", "cycle"))
    one.add_argument(
        "--data",
        required=True,
        metavar="FOLDER",
        help=pick(en="a bank: name or folder", zh="银行数据：名称或文件夹"),
    )
    one.add_argument("--each", choices=("branch",), default="branch")
    one.add_argument("--language", choices=language.LANGUAGES, default=language.current())
    one.add_argument("--out", type=Path, metavar="FOLDER")
    words = pick(en="cycle: your saved notebook of lesson 18", zh="cycle：存好的第 18 课笔记本")
    one.add_argument("--notebook", type=Path, metavar="IPYNB", help=words)
    # Below three, somebody would be shown alone.
    one.add_argument(
        "--smallest", type=at_least(3), metavar="N",
        help=pick(en="groups below N are not shown (10)", zh="少于 N 人的网点不显示（默认 10）"),
    )  # fmt: skip
    one.set_defaults(act=write)


def write(options):
    """Write the reports; 1 if any failed."""
    from workshop.report import cycle_report, reports

    foreign = "smallest" if options.subject == "cycle" else "notebook"
    if getattr(options, foreign):
        raise wrong("workshop.report_command.foreign", option=foreign, subject=options.subject)
    if options.subject == "cycle":
        out = options.out or Path(pick(en="my_report", zh="我的报告"))
        made = cycle_report.write(options.data, out=out, notebook=options.notebook, spoken=options.language)
        print(pick(en=f"The report is in {made}", zh=f"报告已生成：{made}"))
        return 0
    out = options.out or Path(pick(en="reports", zh="网点报告"))
    smallest = {"smallest": options.smallest} if options.smallest else {}
    order = reports.Order(options.data, options.language, subject=options.subject, **smallest)
    failed = reports.write(order, out=out)
    for name, sentence in failed.items():
        branch = escaping.line(name)
        print(pick(en=f"{branch} failed: {sentence}", zh=f"{branch} 未能生成：{sentence}"), file=sys.stderr)
    print(pick(en=f"The reports are in {out / reports.INDEX}", zh=f"报告已生成：{out / reports.INDEX}"))
    return int(bool(failed))
