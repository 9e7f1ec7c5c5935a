"""A bank's own survey as a platform exports it, and the way from there to a folder that lessons read."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd

from owndata.map import mapping

WORDS = ["非常不同意", "不同意", "一般", "同意", "非常同意"]
STEMS = {"环境与设施": 4, "办理效率": 4, "员工服务": 4}
ASKED = [
    "大堂干净明亮", "自助机具好用", "指示牌清楚", "座椅够用", "排队时间可以接受", "业务一次办完", "答应的时间做得到",
    "经常让我白跑一趟", "员工态度热情", "员工解释清楚", "员工记得我的情况", "遇到问题有人负责",
]  # fmt: skip
BRANCHES = [f"{name}支行" for name in ("滨江", "城南", "东湖", "高新", "古楼", "解放路", "人民路", "新区")]


def export(path, *, n=40, seed=1):
    """Write an export in the manner of 问卷星: answers as words, one item reversed, an IP column."""
    rng = np.random.default_rng(seed)
    rows = n * len(BRANCHES)
    level = rng.normal(3.6, 0.7, rows) + np.repeat(rng.normal(0, 0.3, len(BRANCHES)), n)
    table = {
        "序号": range(1, rows + 1),
        "提交答卷时间": [f"2025/9/{1 + i % 28} 10:{i % 60:02d}:05" for i in range(rows)],
        "所用时间": [f"{int(s)}秒" for s in rng.integers(40, 400, rows)],
        "来源": "微信",
        "来源详情": "N/A",
        "来自IP": [f"113.88.{i % 250}.{i % 199}(广东-深圳)" for i in range(rows)],
        "1、您办理业务的网点": np.repeat(BRANCHES, n),
        "2、您办理过哪些业务？（多选）": rng.choice(["存取款┋转账", "理财", "存取款┋贷款"], rows),
    }
    stems = [stem for stem, k in STEMS.items() for _ in range(k)]
    for i, (stem, asked) in enumerate(zip(stems, ASKED, strict=True)):
        marks = np.clip(np.round(level + rng.normal(0, 0.7, rows)), 1, 5).astype(int)
        marks = 6 - marks if asked.startswith("经常") else marks
        said = np.array(WORDS)[marks - 1]
        said[rng.random(rows) < 0.01] = "(跳过)"
        table[f"{3 + i // 4}、{stem}—{asked}"] = said
    table["6、总体而言，您对本网点的满意程度"] = np.array(WORDS)[
        np.clip(np.round(level), 1, 5).astype(int) - 1
    ]
    table["7、您的姓名（选填）"] = ""
    table["8、其他意见"] = [f"意见 {i}" if i % 9 == 0 else "" for i in range(rows)]
    pd.DataFrame(table).to_excel(path, index=False, engine="xlsxwriter")


def course(*argv, home):
    """Run the command as users do."""
    around = {**os.environ, "COURSE_HOME": str(home), "PYTHONUTF8": "1", "LANG": "en_GB.UTF-8", "LC_ALL": ""}
    command = [sys.executable, "-m", "workshop.cli", *map(str, argv)]
    return subprocess.run(
        command, env=around, capture_output=True, text=True, encoding="utf-8", timeout=400, cwd=home
    )


def mapped(home, *, n=40):
    """Map the export as a user would: propose, correct the names of the dimensions, follow."""
    export(home / "survey.xlsx", n=n)
    before = (home / "survey.xlsx").read_bytes()
    first = course("data", "map", "survey.xlsx", "--out", "bank", home=home)
    assert first.returncode == 0, first.stderr
    proposed = mapping.read(home / "bank" / "mapping.xlsx")
    names = {
        "环境与设施": ("环境", "Premises"),
        "办理效率": ("效率", "Efficiency"),
        "员工服务": ("员工", "Staff"),
    }
    columns = proposed.columns.copy()
    for row, stem in columns["dimension_zh"].dropna().items():
        columns.loc[row, ["dimension_zh", "dimension_en"]] = names[stem]
    mapping.write(type(proposed)(columns, proposed.words), home / "corrected.xlsx")
    done = course("data", "map", "survey.xlsx", "--mapping", "corrected.xlsx", "--out", "bank", home=home)
    assert done.returncode == 0, done.stderr
    assert (home / "survey.xlsx").read_bytes() == before
    return home / "bank", proposed, done.stdout
