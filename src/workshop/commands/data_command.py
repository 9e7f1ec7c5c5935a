"""``course data``: make, map, check, pseudonymise."""

from pathlib import Path

from helpers.bank.language import line, pick, worded
from workshop.commands.map_command import ENCODINGS, map_file, say, tell
from workshop.commands.options import at_least

# A bank of one's own: made in seconds, with as many customers in a branch as a survey needs.
SMALL = {"customers": 4_000, "branches": 8, "batches": 4}


def make_bank(options):
    """Make a bank from a seed; without one, Qingyu Bank itself. The collection's catalogue follows."""
    from helpers.bank import data
    from helpers.bank.language import WrongValue
    from simbank import bank, dataset_catalogue
    from simbank.plans import Unclear

    given = {"seed": options.seed, "customers": options.customers, "plan": _plan(options)}
    given = {name: value for name, value in given.items() if value is not None}
    try:
        bank.make(options.out, **(SMALL if options.small else {}) | given)
    except Unclear as error:  # of the plan, or of a seed, a size, a folder
        raise WrongValue(en=error.en, zh=error.zh) from None
    if options.out.resolve().parent == data.home().resolve() / "datasets":
        dataset_catalogue.write(options.out.parent)
    print(pick(en=f"The bank is in {options.out}", zh=f"模拟银行已生成：{options.out}"))


def _plan(options):
    """Read the plan of the year after; what it still lacks is named, row by row. None leaves it to the managers."""
    from classroom.forms.plan_workbook import read_plan
    from helpers.bank.language import WrongValue
    from helpers.methods import plan

    if options.no_plan:
        return plan.tidy(plan.example().head(0))
    if options.plan is None:
        return None
    rows = read_plan(options.plan)
    problems = plan.check(rows)
    lacking = problems.loc[problems["must"].astype(bool), "sentence"].tolist()
    if len(rows) and lacking:
        raise WrongValue(
            en=[
                "The plan cannot start yet:",
                *lacking,
                f"Put this right in {options.plan} and run the command again.",
            ],
            zh=["这份计划还开不了工：", *lacking, f"请在 {options.plan} 里改好，再运行一次。"],
        )
    return rows


def check_folder(options):
    """Judge a folder; 1 where a lesson could not run on it."""
    from helpers.bank import files
    from owndata.judge import check
    from owndata.map import folders

    if options.workbook:
        folders.refuse_within(options.folder, options.workbook)
        files.refuse_taken(options.workbook)
    found = check.check(options.folder)
    if options.workbook:
        check.workbook(found, options.workbook)
    tell(found)
    good = check.passes(found)
    if good:
        say(en=f"'{options.folder}' can be used.", zh=f"'{options.folder}' 可以使用。")
        _serves(options.folder)
    return int(not good)


def pseudonymise_folder(options):
    """Write a list of what would be done to each column or, where a person has agreed, a copy with pseudonyms."""
    from owndata.map import folders
    from owndata.share import pseudonyms, sharing_list

    folders.refuse_holding(options.out, [one for one in (options.list, options.key) if one])
    plan = pseudonyms.proposal(options.folder, coarse=options.coarse)
    if options.coarse and "generalise" not in set(plan["act"]):
        say(
            en="Nothing here can be made coarser: only years of birth, ages, dates of joining, and branches with a "
            "region can. Other dates stay as they are.",
            zh="这里没有可以概括的列：能概括的只有出生年份、年龄、开户日期，以及写明区域的网点。其他日期不变。",
        )
    if options.list:
        plan = sharing_list.read(options.list, plan)
    elif not options.yes:
        return _ask(plan, options)
    for note in pseudonyms.pseudonymise(options.folder, out=options.out, key=options.key, plan=plan):
        print(note)
    say(en=f"The copy is in {options.out}", zh=f"副本已写入：{options.out}")
    return 0


def _ask(plan, options):
    """Show what would be done, and stop until a person has looked through it."""
    from owndata.map import folders
    from owndata.say.notes import why
    from owndata.share import sharing_list

    folders.refuse_nested(options.folder, options.out)
    path = options.out.with_name(f"{options.out.name}_columns.csv")
    sharing_list.write(plan, path)
    for one in plan.itertuples(index=False):
        because = f" ({pick(en=why(one.why)[0], zh=why(one.why)[1])})" if one.column else ""
        print(
            line(f"{'  ' + one.column if one.column else one.table}: {sharing_list.WORDS[one.act]}{because}")
        )
    say(
        en=f"Nothing was copied yet. Look through {path}, correct what is wrong, then run the same command with "
        f'--list "{path}" (or with --yes, if all of it is right).',
        zh=f'还没有复制任何内容。请查看 {path}，改正不对的地方，再加上 --list "{path}" 运行同一条命令（全部正确时也可以用 --yes）。',
    )
    return 1


def describe(commands):
    """Add the commands.

    Parameters
    ----------
    commands : argparse action
        What ``add_subparsers`` of ``course`` returned.
    """
    top = commands.add_parser(
        "data", help=pick(en="a simulated bank, or your own data", zh="生成模拟银行，或使用自己的数据")
    )
    kinds = top.add_subparsers(required=True, metavar="make | map | check | pseudonymise")
    _make(kinds)
    words = pick(en="an export or a folder → the course's tables", zh="把导出文件或文件夹对应到课程的数据表")
    one = kinds.add_parser("map", help=words)
    one.add_argument("file", type=Path, metavar="FILE | FOLDER")
    one.add_argument("--mapping", type=Path, metavar="XLSX", help=pick(en="corrected", zh="修改好的对应表"))
    one.add_argument("--out", type=Path, metavar="FOLDER")
    one.add_argument(
        "--keep-small", action="store_true", help=pick(en="keep small branches", zh="保留人数少的网点")
    )
    words = pick(en="of a text file, such as gb18030 or big5", zh="文本文件的编码，如 gb18030、big5")
    one.add_argument("--encoding", choices=ENCODINGS, help=words)
    one.add_argument("--language", choices=("en", "zh"))
    one.set_defaults(act=map_file)
    one = kinds.add_parser("check", help=pick(en="judge a folder of data", zh="检查数据文件夹"))
    one.add_argument("folder", type=Path, metavar="FOLDER")
    one.add_argument(
        "--workbook",
        type=Path,
        metavar="XLSX",
        help=pick(en="problems as a workbook", zh="问题清单存为工作簿"),
    )
    one.add_argument("--language", choices=("en", "zh"))
    one.set_defaults(act=check_folder)
    _describe_pseudonymise(kinds)


def _make(kinds):
    """A bank of its own making, and the year after a plan."""
    one = kinds.add_parser("make", help=pick(en="make a simulated bank", zh="生成模拟银行"))
    one.add_argument("--seed", type=int)
    one.add_argument("--customers", type=at_least(1))
    words = worded("workshop.data_command.small")
    one.add_argument("--small", action="store_true", help=words)
    done = one.add_mutually_exclusive_group()
    words = pick(en="carry out this plan in the year after", zh="下一年照这份计划实施")
    done.add_argument("--plan", type=Path, metavar="XLSX", help=words)
    words = pick(en="do nothing in the year after", zh="下一年什么都不做")
    done.add_argument("--no-plan", action="store_true", help=words)
    one.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    one.add_argument("--language", choices=("en", "zh"))
    one.set_defaults(act=make_bank)


def _describe_pseudonymise(kinds):
    """The one command that first asks a person."""
    one = kinds.add_parser(
        "pseudonymise", help=pick(en="a copy with pseudonyms", zh="生成编号换成假名的副本")
    )
    one.add_argument("folder", type=Path, metavar="FOLDER")
    one.add_argument("--out", type=Path, required=True, metavar="FOLDER2")
    one.add_argument("--key", type=Path, metavar="FILE")
    words = pick(en="what to do with each column, looked through", zh="已查看过的各列处理清单")
    one.add_argument("--list", type=Path, metavar="CSV", help=words)
    one.add_argument("--yes", action="store_true", help=pick(en="do as proposed", zh="按建议处理"))
    words = worded("workshop.data_command.coarser")
    one.add_argument("--coarse", action="store_true", help=words)
    one.add_argument("--language", choices=("en", "zh"))
    one.set_defaults(act=pseudonymise_folder)


def _serves(folder):
    """Say which lessons the folder serves."""
    from helpers.bank.bank import Bank
    from owndata.map import lessons_served

    there, lacking = lessons_served.lessons(Bank(folder))
    if there:
        print(pick(en="Lessons that have what they need: ", zh="数据齐全的课：") + ", ".join(there))
    for name, lost in lacking.items():
        why = ", ".join(lost)
        heading = pick(en=f"{name}: ", zh=f"{name}：") if why.endswith((".", "。")) else None
        print((heading or pick(en=f"{name} lacks: ", zh=f"{name} 还缺：")) + why)
