"""The catalogue of a folder of banks: ``datasets/README.md``, built from their codebooks."""

import json

INTRODUCTION = (
    "<!-- Built from the codebook by simbank.dataset_catalogue; do not edit. 本页由程序生成，请勿手工修改。 -->\n"
    "# Datasets 数据集\n\n"
    "Everything here is **simulated**: no row describes a real person, branch or bank. `truth.json` says what was "
    "put in; `datapackage.json` is the codebook.\n\n"
    "这里的数据全部是**模拟**的，没有任何一行描述真实的人、网点或银行。`truth.json` 写明设定的真值，`datapackage.json` 是数据说明。\n"
)
HOW = (
    "Made by `course data make --seed {seed}` ({rows:,} customers): one seed, one bank, the same values everywhere. "
    "How it hangs together: a branch's quality moves waits, emotions, complaints and the survey; moments of truth move "
    "satisfaction; satisfaction moves staying; who leaves closes the account.",
    "由 `course data make --seed {seed}` 生成（{rows:,} 位客户）：一个种子对应一家银行，在任何电脑上数值都相同。各表环环相扣：网点品质影响等候、"
    "情绪、投诉和问卷；关键时刻影响满意度；满意度影响去留；离开的客户随即销户。",
)
HEADS = ("| column | meaning | 含义 | type | unit |", "|---|---|---|---|---|")
SUMMARY = ("| table 表 | file 文件 | rows 行数 | columns 列数 | truths 真值 |", "|---|---|---|---|---|")
# Which quantities of truth.json speak of which table.
SPEAKS_OF = {
    "journeys": ("step_", "wait_", "case_drop_off", "case_rework"),
    "journey_surveys": ("case_", "moment_", "peak_", "end_", "stated_"),
    "complaints": ("complaint_",),
    "service_weekly": ("planted_", "autocorrelation", "service_effect", "average_effect", "branch_wait"),
    "churn": ("left_", "hazard_", "monthly_hazard", "standing_"),
    "queue_tickets": ("queue_",),
    "transactions": ("card_rate",),
    "truth_segments": ("segment_share",),
    "echoes": ("echo_",),
    "codings": ("coder_",),
    "disconfirmation": ("disconfirmation_", "experience_"),
    "training": ("training_",),
    "before_after": ("before_after",),
    "incentives": ("incentive_",),
    "raw_customers": ("dirt_", "income_", "born_"),
    "raw_notes": ("need_",),
    "tier_changes": ("tier_",),
    "year_plan": ("year_", "action_"),
}


def text(folder):
    """Write the catalogue of every bank in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        The folder ``datasets``.

    Returns
    -------
    str
        Markdown in both languages.
    """
    banks = sorted(path.parent for path in folder.glob("*/datapackage.json"))
    return INTRODUCTION + "".join(_bank(bank) for bank in banks)


def write(folder):
    """Write ``README.md`` into a folder of banks.

    Parameters
    ----------
    folder : pathlib.Path
        The folder ``datasets``.

    Returns
    -------
    pathlib.Path
        The file.
    """
    path, temporary = folder / "README.md", folder / ".README.md"
    temporary.write_text(text(folder), encoding="utf-8", newline="\n")
    temporary.replace(path)
    return path


def _bank(folder):
    """Write the chapter of one bank."""
    book = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["quantities"]
    rows = {resource["name"]: resource["rows"] for resource in book["resources"]}
    how = "\n\n".join(line.format(seed=book["seed"], rows=rows.get("customers", 0)) for line in HOW)
    licence = ", ".join(f"[{row['name']}]({row['path']})" for row in book["licenses"])
    lines = [
        f"\n## {book['title']} {book['title@zh']}\n",
        f"`{folder.name}/` · seed 种子 {book['seed']} · licence 许可 {licence} · simulated 模拟\n",
        f"{book['description']}\n\n{book['description@zh']}\n\n{how}\n",
        *SUMMARY,
        *(_line(resource, told) for resource in book["resources"]),
        f"\n`truth.json`: {len(told):,} truths, each a sentence in both languages. 共 {len(told):,} 条真值，每条都有中英文说明。\n",
        *(_table(resource) for resource in book["resources"]),
    ]
    return "\n".join(lines)


def _line(resource, told):
    """Write one line of the summary."""
    fields = resource["schema"]["fields"]
    truths = sum(entry["quantity"].startswith(SPEAKS_OF.get(resource["name"], ("\0",))) for entry in told)
    if resource["name"] == "servqual":
        others = tuple(start for starts in SPEAKS_OF.values() for start in starts)
        truths = sum(
            not entry["quantity"].startswith(others) and ("wave" in entry or "dimension" in entry)
            for entry in told
        )
    return (
        f"| [{resource['title']} {resource['title@zh']}](#{resource['name']}) | `{resource['path']}` "
        f"| {resource['rows']:,} | {len(fields)} | {truths or '–'} |"
    )


def _table(resource):
    """Write the section of one table: what one row is, and every column."""
    lines = [
        f"### {resource['name']}\n",
        f"{resource['description']}\n\n{resource['description@zh']}\n",
        f"Key 主键: `{', '.join(resource['schema']['primaryKey'])}`\n",
        *HEADS,
        *(_field(field) for field in resource["schema"]["fields"]),
    ]
    if resource.get("truth"):
        lines.insert(1, "**Truth, not data 标准答案，不是数据**\n")
    return "\n".join(lines) + "\n"


def _field(field):
    """Write one column: titles, description, values."""
    english, chinese = field["title"], field["title@zh"]
    if "description" in field:
        english, chinese = f"{english}: {field['description']}", f"{chinese}：{field['description@zh']}"
    if "values" in field:
        english += (
            " (" + ", ".join(f"`{name}` {value['en']}" for name, value in field["values"].items()) + ")"
        )
        chinese += (
            "（" + "，".join(f"`{name}` {value['zh']}" for name, value in field["values"].items()) + "）"
        )
    if field.get("leaking"):
        english, chinese = f"**leaks** {english}", f"**泄露答案** {chinese}"
    return f"| `{field['name']}` | {english} | {chinese} | {field['type']} | {field.get('unit', '')} |"
