"""``course data``: make, map, check, pseudonymise."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from helpers.bank.language import line, pick
from workshop.commands.options import at_least

ENCODINGS = ("gb18030", "big5", "cp949", "shift_jis", "cp1252")
FEWEST = 3  # ratings below which an export is hardly a survey


def make_bank(options):
    """Make a bank from a seed; without one, Qingyu Bank itself. The collection's catalogue follows."""
    from helpers.bank import data
    from simbank import bank, catalogue

    given = {"seed": options.seed, "customers": options.customers}
    bank.make(options.out, **{name: value for name, value in given.items() if value is not None})
    if options.out.resolve().parent == data.home().resolve() / "datasets":
        catalogue.write(options.out.parent)
    print(pick(en=f"The bank stands in {options.out}", zh=f"模拟银行已生成：{options.out}"))


def map_file(options):
    """Propose a mapping for an export or, with ``--mapping``, follow a corrected one; describe a folder of tables."""
    from owndata.map import folders, own_tables, proposal
    from owndata.read import eventlogs, sheets

    if os.path.isdir(options.file):
        return _describe(options.file)
    out = options.out or options.file.with_name(options.file.name.removesuffix(".gz")).with_suffix("")
    folders.refuse_holding(out, [options.file])
    if eventlogs.is_xes(options.file):
        cells = eventlogs.read(options.file)
        return _map_table(options, out, cells, own_tables.recognised(list(cells.columns)))
    sheet = sheets.read(options.file, encoding=options.encoding)
    known = own_tables.recognised(list(sheet.cells.columns))
    proposed = proposal.propose(sheet)
    # A survey has dates and comments too.
    if known and (known[0] != "comments" or _ratings(proposed) < FEWEST):
        _tell(sheet.problems)
        return _map_table(options, out, sheet.cells, known)
    return _follow(options, out) if options.mapping else _propose(options, out, sheet, proposed)


def _propose(options, out, sheet, proposed):
    """Write the workbook in which a person corrects the proposal and answers what the file leaves open."""
    from owndata.map import mapping, platforms

    _tell(sheet.problems)
    for note in platforms.notes(sheet):
        print(note)
    path = out / "mapping.xlsx"
    mapping.write(proposed, path)
    _summarise(proposed)
    if _ratings(proposed) < FEWEST:
        _few_ratings(proposed.columns)
    _ask_for_answers(proposed.questions, path)
    _say(
        en=f'Correct {path}, then run: course data map "{options.file}" --mapping "{path}" --out "{out}"',
        zh=f'请修改 {path}，然后运行：course data map "{options.file}" --mapping "{path}" --out "{out}"',
    )
    return 0


def _few_ratings(columns):
    """Name the answers that were not understood, so that nobody looks for another cause."""
    left = columns[(columns["role"] == "ignore") & columns["note"].isna() & columns["examples"].notna()]
    shown = "; ".join(f"'{row.heading}': {row.examples}" for row in left.head(5).itertuples())
    if shown:
        _say(
            en=f"Hardly a column here was understood as ratings. Not understood: {shown}. If these are ratings, choose their role "
            "in the mapping and write the number of each answer on its sheet 'words'. A ledger or a log is not mapped column by "
            "column: see “Your own ledger” in docs/own_bank.md.",
            zh=f"这里几乎没有看得懂的打分列。没有看懂的有：{shown}。如果它们是评分，请在映射表里选好角色，并在“选项 words”工作表里写上每个答案的分数。"
            "客户、流水和日志不用这个办法逐列对应：请看 docs/own_bank.zh.md 里的“自己的流水”。",
            file=sys.stderr,
        )
    else:
        _say(
            en="Hardly a column here holds ratings. A ledger or a log is not mapped column by column: see “Your own ledger” in "
            "docs/own_bank.md.",
            zh="这里几乎没有打分的列。客户、流水和日志不用这个办法逐列对应：请看 docs/own_bank.zh.md 里的“自己的流水”。",
            file=sys.stderr,
        )


def _ask_for_answers(asked, path):
    """Say how many questions are open, and what the first one is."""
    from owndata.map import questions

    still = questions.unanswered(asked)
    if still:
        first = still[0].sentence
        _say(
            en=f"Open questions: {len(still)}. They stand in red on the first sheet of {path}; choose an answer to each. "
            f"The first: {first.en}",
            zh=f"待回答的问题：{len(still)} 个，在 {path} 的第一张工作表里用红色标出，请逐个选好回答。第一个：{first.zh}",
        )
    else:
        _say(en="Open questions: 0.", zh="待回答的问题：0 个。")


def _ratings(proposed):
    return (proposed.columns["role"] == "perception").sum()


def _map_table(options, out, cells, known):
    """Copy a table that its headings tell; of an event log first ask for the order and the names of its activities."""
    from owndata.map import journeys, own_folder, own_tables

    if known is None:
        _say(
            en="The log names no case, activity and time for its events (concept:name, time:timestamp).",
            zh="日志没有写明每个事件的个案、活动和时间（concept:name、time:timestamp）。",
            file=sys.stderr,
        )
        return 1
    name, matched = known
    rows, path = own_tables.table(cells, name, matched), out / "mapping.xlsx"
    for column, heading in matched.items():
        print(line(f"  {column} ← {heading}"))
    if name != "journeys":
        own_folder.write(own_folder.of_table(name, rows), out)
    elif options.mapping:
        own_folder.write(own_folder.of_log(rows, journeys.read(options.mapping, rows)), out)
    else:
        journeys.write(journeys.touchpoints(rows), path)
        _say(
            en=f"An event log. Correct order, stages and names of its activities in {path}, then run: course data map "
            f'"{options.file}" --mapping "{path}" --out "{out}"',
            zh=f"这是事件日志。请在 {path} 中改好各项活动的顺序、阶段和名称，然后运行：course data map "
            f'"{options.file}" --mapping "{path}" --out "{out}"',
        )
        return 0
    _say(
        en=f'The folder is written. Next: course data check "{out}"',
        zh=f'文件夹已写好。下一步：course data check "{out}"',
    )
    return 0


def check_folder(options):
    """Judge a folder; 1 where a lesson could not run on it."""
    from owndata.judge import check
    from owndata.map import folders

    if options.workbook:
        folders.refuse_within(options.folder, options.workbook)
    found = check.check(options.folder)
    if options.workbook:
        check.workbook(found, options.workbook)
    _tell(found)
    good = check.passes(found)
    if good:
        _say(en=f"'{options.folder}' can be used.", zh=f"'{options.folder}' 可以使用。")
        _serves(options.folder)
    return int(not good)


def pseudonymise_folder(options):
    """Write a list of what would be done to each column or, where a person has agreed, a copy with pseudonyms."""
    from owndata.map import folders
    from owndata.share import pseudonyms, sharing_list

    folders.refuse_holding(options.out, [one for one in (options.list, options.key) if one])
    plan = pseudonyms.proposal(options.folder, coarse=options.coarse)
    if options.list:
        plan = sharing_list.read(options.list, plan)
    elif not options.yes:
        return _ask(plan, options)
    for note in pseudonyms.pseudonymise(options.folder, out=options.out, key=options.key, plan=plan):
        print(note)
    _say(en=f"The copy stands in {options.out}", zh=f"副本已写入：{options.out}")
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
    _say(
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
    one = kinds.add_parser("make", help=pick(en="make a simulated bank", zh="生成模拟银行"))
    one.add_argument("--seed", type=int)
    one.add_argument("--customers", type=at_least(1))
    one.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    one.set_defaults(act=make_bank)
    words = pick(en="an export or a folder → the course's tables", zh="把导出文件或文件夹对应到课程的数据表")
    one = kinds.add_parser("map", help=words)
    one.add_argument("file", type=Path, metavar="FILE | FOLDER")
    one.add_argument("--mapping", type=Path, metavar="XLSX", help=pick(en="corrected", zh="修改好的映射表"))
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
    words = pick(
        en="birth years by ten, days by years, branches by region",
        zh="出生年份按十年、日期按年、网点按区域概括",
    )
    one.add_argument("--coarse", action="store_true", help=words)
    one.add_argument("--language", choices=("en", "zh"))
    one.set_defaults(act=pseudonymise_folder)


def _follow(options, out):
    """Write the working copy by a corrected mapping."""
    from owndata.map import corrections, mapping, platforms, questions, reuse, small_groups, working_copy
    from owndata.read import sheets

    agreed = mapping.read(options.mapping)
    encodings = [name for key, name in agreed.settings.items() if key.startswith("encoding")]
    sheet = sheets.read(options.file, encoding=options.encoding or next(iter(encodings), None))
    _tell(sheet.problems)
    corrections.judge(agreed, sheet)
    asked = reuse.more_questions(agreed, sheet)
    if questions.unanswered(asked):
        path = mapping.free_name(options.mapping)
        mapping.write(replace(agreed, questions=asked), path)
        _ask_for_answers(asked, path)
        return 1
    for note in platforms.notes(sheet):
        print(note)
    smallest = 1 if options.keep_small else small_groups.SMALLEST
    for note in working_copy.make(sheet, agreed, out=out, smallest=smallest):
        print(note)
    _say(
        en=f'The tables stand in {out}. Next: course data check "{out}"',
        zh=f'数据表已写入 {out}。下一步：course data check "{out}"',
    )
    return 0


def _describe(folder):
    """Write the codebook of a folder whose tables have the course's names."""
    from owndata.map import described

    for table, unknown in described.describe(folder).items():
        if unknown:
            listed = ", ".join(unknown)
            en = f"{table}: no lesson uses the columns {listed}. Take out what names a person."
            _say(en=en, zh=f"{table}：没有哪一课用到这些列：{listed}。其中能认出个人的请删去。")
    _say(
        en=f'The codebook stands in {folder / "datapackage.json"}. Next: course data check "{folder}"',
        zh=f'数据说明已写入 {folder / "datapackage.json"}。下一步：course data check "{folder}"',
    )
    return 0


def _serves(folder):
    """Say which lessons the folder serves."""
    from helpers.bank import data
    from owndata.map import served

    there, lacking = served.lessons(data.codebook(folder))
    if there:
        print(pick(en="Lessons that have what they need: ", zh="数据齐全的课：") + ", ".join(there))
    for name, lost in lacking.items():
        print(pick(en=f"{name} lacks: ", zh=f"{name} 还缺：") + ", ".join(lost))


def _summarise(proposed):
    """Say in a line how many columns got which role."""
    from owndata.map.roles import ROLES

    counts = proposed.columns["role"].value_counts()
    print(pick(en="Proposed: ", zh="建议：") + pick(en=", ", zh="，").join(
        f"{pick(en=ROLES[role][0], zh=ROLES[role][1])} {n}" for role, n in counts.items()
    ))  # fmt: skip


def _say(*, en, zh, file=None):
    """Print a sentence in the reader's language; what it repeats of a file moves no cursor."""
    print(line(pick(en=en, zh=zh)), file=file)


def _tell(problems):
    for found in problems:
        print(found, file=sys.stderr)
