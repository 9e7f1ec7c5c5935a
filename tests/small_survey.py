"""A small copy of Qingyu Bank's survey, for the tests that publish one."""

import json
import re

import pandas as pd
from collection import ROOT


def bank(folder, *, keep, change=None):
    """A copy of Qingyu Bank's survey: these branches, wave 2, so many respondents each."""
    source = ROOT / "datasets" / "qingyu_bank"
    package = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in ("branches", "servqual")]
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    branches, rows = pd.read_csv(source / "branches.csv"), pd.read_csv(source / "servqual.csv")
    rows = rows[rows["wave"] == 2].dropna(subset=[c for c in rows if re.fullmatch(r"[EP]\d+", c)])
    rows = pd.concat([rows[rows["branch"] == branch].head(n) for branch, n in keep.items()])
    rows = rows if change is None else change(rows)
    branches[branches["branch"].isin(keep)].to_csv(folder / "branches.csv", index=False)
    rows.to_csv(folder / "servqual.csv", index=False)
    return str(folder)
