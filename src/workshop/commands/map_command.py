"""``course data map``: propose a mapping, ask what is in doubt, follow what a person has answered."""

import os
import re
import sys

from helpers.bank.language import Both, line, pick, worded

ENCODINGS = ("gb18030", "big5", "cp949", "shift_jis", "cp1252")
FEWEST = 3  # ratings below which an export is hardly a survey


def map_file(options):
    """Propose a mapping for an export or, with ``--mapping``, follow a corrected one; describe a folder of tables."""
    from owndata.map import folders, long_answers, own_tables, proposed_mapping
    from owndata.read import sheets, xes_files

    if os.path.isdir(options.file):
        return _describe(options.file)
    out = options.out or options.file.with_name(options.file.name.removesuffix(".gz")).with_suffix("")
    folders.refuse_holding(out, [options.file])
    if xes_files.is_xes(options.file):
        cells = xes_files.read(options.file)
        return _map_table(options, out, cells, own_tables.recognised(list(cells.columns)))
    sheet = long_answers.turned(sheets.read(options.file, encoding=options.encoding))
    known = own_tables.recognised(list(sheet.cells.columns))
    if options.mapping and known is None:
        return _follow(options, out, sheet)
    proposed = proposed_mapping.propose(sheet)
    if known and _is_table(known, proposed, sheet.cells):
        tell(sheet.problems)
        return _map_table(options, out, sheet.cells, known)
    if options.mapping:
        return _follow(options, out, sheet)
    if known and known[0] != "comments":
        print(line(_rated_all_the_same(known[0], proposed)))
    return _propose(options, out, sheet, proposed)


def _is_table(known, proposed, cells):
    """Whether headings tell a table beside the survey: surveys, too, have dates, comments and numbers of the staff."""
    from owndata.map import claimed_columns

    name, matched = known
    others = cells[[heading for heading in cells if heading not in matched.values()]]
    return name in ("journeys", "training") or claimed_columns.together(proposed, others) < FEWEST


def _rated_all_the_same(name, proposed):
    """Say that a file was taken for a survey, though another table has these headings."""
    from owndata.map import own_tables

    told = own_tables.catalogue()[name]
    table = Both(told["title"], told["title@zh"])
    return worded("workshop.map_command.rated", table=table, count=_ratings(proposed.columns))


def _propose(options, out, sheet, proposed):
    """Write the workbook in which a person corrects the proposal and answers what the file leaves open."""
    from owndata.map import mapping, survey_platforms

    tell(sheet.problems)
    for note in survey_platforms.notes(sheet):
        print(note)
    path = out / "mapping.xlsx"
    mapping.write(proposed, path)
    _summarise(proposed)
    if _ratings(proposed.columns) < FEWEST:
        _few_ratings(proposed.columns)
    _ask_for_answers(proposed.questions, path)
    say(
        en=f'Correct {path}, then run: course data map "{options.file}" --mapping "{path}" --out "{out}"',
        zh=f'请修改 {path}，然后运行：course data map "{options.file}" --mapping "{path}" --out "{out}"',
    )
    return 0


def _few_ratings(columns):
    """Name the answers that were not understood, so that nobody looks for another cause."""
    left = columns[(columns["role"] == "ignore") & columns["note"].isna() & columns["examples"].notna()]
    shown = "; ".join(f"'{row.heading}': {row.examples}" for row in left.head(5).itertuples())
    means = [row for row in left.itertuples() if _are_means(row.examples)]
    if len(means) >= FEWEST:
        heading, seen = means[0].heading, means[0].examples
        print(line(worded("workshop.map_command.means", heading=heading, seen=seen)), file=sys.stderr)
    elif shown:
        say(
            en=f"Hardly a column here was understood as ratings. Not understood: {shown}. If these are ratings, choose their role "
            "in the mapping and write the number of each answer on its sheet 'words'. A ledger or a log is not mapped column by "
            "column: see “Your own ledger” in docs/own_bank.md.",
            zh=f"这里几乎没有看得懂的打分列。没有看懂的有：{shown}。如果它们是评分，请在对应表里选好角色，并在“选项 words”工作表里写上每个答案的分数。"
            "客户、流水和日志不用这个办法逐列对应：请看 docs/own_bank.zh.md 里的“自己的流水”。",
            file=sys.stderr,
        )
    else:
        say(
            en="Hardly a column here holds ratings, so this is not a survey. A ledger or a log is not mapped column by column: see “Your own ledger” in "
            "docs/own_bank.md.",
            zh="这里几乎没有打分的列，不像问卷。客户、流水和日志不用这个办法逐列对应：请看 docs/own_bank.zh.md 里的“自己的流水”。",
            file=sys.stderr,
        )


def _are_means(examples):
    """Whether examples are fractions as averages of ratings have them."""
    numbers = examples.split(" | ")
    return all(re.fullmatch(r"\d{1,2}(\.\d+)?", one) for one in numbers) and "." in examples


def _ask_for_answers(asked, path):
    """Say how many questions are open, and what the first one is."""
    from owndata.map import questions

    still = questions.unanswered(asked)
    if still:
        first = still[0].sentence
        say(
            en=f"Open questions: {len(still)}. They are in red on the first sheet of {path}; choose an answer to each. "
            f"The first: {first.en}",
            zh=f"待回答的问题：{len(still)} 个，在 {path} 的第一张工作表里用红色标出，请逐个选好回答。第一个：{first.zh}",
        )
    else:
        say(en="Open questions: 0.", zh="待回答的问题：0 个。")


def _ratings(columns):
    return (columns["role"] == "perception").sum()


def _map_table(options, out, cells, known):
    """Copy a table that its headings tell; of an event log first ask for the order and the names of its activities."""
    from owndata.map import mapped_journeys, own_folder, own_tables, table_cells
    from owndata.say.notes import Note

    if known is None:
        say(
            en="The log names no case, activity and time for its events (concept:name, time:timestamp).",
            zh="日志没有写明每个事件的个案、活动和时间（concept:name、time:timestamp）。",
            file=sys.stderr,
        )
        return 1
    name, matched = known
    cells, notes = table_cells.cleaned(cells, own_tables.catalogue()[name]["fields"], matched)
    rows, path = own_tables.table(cells, name, matched), out / "mapping.xlsx"
    taken = [line(f"  {column} ← {heading}") for column, heading in matched.items()]
    left = [Note("column_ignored", column=one) for one in cells.columns if one not in matched.values()]
    added = [Note("numbered", column=one) for one in own_tables.unnumbered(name, matched)]
    print(*taken, *added, *notes, *left, sep="\n")
    if name != "journeys":
        own_folder.write(own_folder.of_table(name, rows), out)
    elif options.mapping:
        own_folder.write(own_folder.of_log(rows, mapped_journeys.read(options.mapping, rows)), out)
    else:
        mapped_journeys.write(mapped_journeys.touchpoints(rows), path)
        say(
            en=f"An event log. Correct order, stages and names of its activities in {path}, then run: course data map "
            f'"{options.file}" --mapping "{path}" --out "{out}"',
            zh=f"这是事件日志。请在 {path} 中改好各项活动的顺序、阶段和名称，然后运行：course data map "
            f'"{options.file}" --mapping "{path}" --out "{out}"',
        )
        return 0
    say(
        en=f'The folder is written. Next: course data check "{out}"',
        zh=f'文件夹已写好。下一步：course data check "{out}"',
    )
    return 0


def _follow(options, out, sheet):
    """Write the working copy by a corrected mapping."""
    from owndata.map import (
        corrected_mapping,
        long_answers,
        mapping,
        questions,
        repeat_export,
        small_groups,
        survey_folder,
        survey_platforms,
    )
    from owndata.read import sheets, textfiles

    agreed = mapping.read(options.mapping)
    encodings = [name for key, name in agreed.settings.items() if key.startswith("encoding")]
    open_to = dict(textfiles.alternatives(sheet.path, sheet.encoding)) if encodings else {}
    if not options.encoding and encodings and encodings[0] in open_to:
        sheet = long_answers.turned(sheets.read(options.file, encoding=encodings[0]))
    tell(sheet.problems)
    corrected_mapping.judge(agreed, sheet)
    found = repeat_export.with_earlier_answers(agreed, sheet)
    if questions.unanswered(found.questions):
        path = mapping.free_name(options.mapping)
        mapping.write(found, path)
        _ask_for_answers(found.questions, path)
        return 1
    for note in survey_platforms.notes(sheet):
        print(note)
    smallest = 1 if options.keep_small else small_groups.SMALLEST
    for note in survey_folder.make(sheet, agreed, out=out, smallest=smallest):
        print(note)
    say(
        en=f'The tables are in {out}. Next: course data check "{out}"',
        zh=f'数据表已写入 {out}。下一步：course data check "{out}"',
    )
    return 0


def _describe(folder):
    """Write the codebook of a folder whose tables have the course's names."""
    from owndata.map import folder_codebook

    for table, unknown in folder_codebook.describe(folder).items():
        if unknown:
            listed = ", ".join(unknown)
            en = f"{table}: no lesson uses the columns {listed}. Take out what names a person."
            say(en=en, zh=f"{table}：没有哪一课用到这些列：{listed}。其中能认出个人的请删去。")
    if asked := folder_codebook.marks(folder):
        say(
            en="Were these asked on these marks? "
            + "; ".join(f"{table}.{column} {low} to {high}" for table, column, low, high in asked)
            + ". If not, correct `minimum` and `maximum` in datapackage.json: lessons then leave out what rests on these marks.",
            zh="这几题是不是按这样的分数问的？"
            + "；".join(f"{table}.{column}：{low} 到 {high} 分" for table, column, low, high in asked)
            + "。不是的话，请改 datapackage.json 里的 minimum 和 maximum，课程会略过用到这几题分数的内容。",
        )
    say(
        en=f'The codebook is in {folder / "datapackage.json"}. Next: course data check "{folder}"',
        zh=f'数据说明已写入 {folder / "datapackage.json"}。下一步：course data check "{folder}"',
    )
    return 0


def _summarise(proposed):
    """Say in a line how many columns got which role."""
    from owndata.map.column_roles import ROLES

    counts = proposed.columns["role"].value_counts()
    print(pick(en="Proposed: ", zh="建议：") + pick(en=", ", zh="，").join(
        f"{pick(en=ROLES[role][0], zh=ROLES[role][1])} {n}" for role, n in counts.items()
    ))  # fmt: skip
    turned = proposed.columns.loc[proposed.columns["reversed"] == True, "heading"]  # noqa: E712 - None is neither
    if len(turned):
        names = ", ".join(turned)
        say(en=f"Proposed as reversed: {names}.", zh=f"建议作为反向题：{names}。")


def say(*, en, zh, file=None):
    """Print a sentence in the reader's language; what it repeats of a file moves no cursor."""
    print(line(pick(en=en, zh=zh)), file=file)


def tell(problems):
    """Print problems, each a line, as errors."""
    for found in problems:
        print(found, file=sys.stderr)
