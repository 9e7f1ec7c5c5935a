"""The page on citing and running again: every line of it is tried, in a folder that is not the course's."""

import json
import re
import shutil

import nbformat
import papermill
import yaml
from collection import ROOT

PAGE = (ROOT / "docs" / "citing.md").read_text(encoding="utf-8")


def test_a_notebook_runs_elsewhere_with_other_values_and_is_stamped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (line,) = re.findall(r"^papermill (\S+) (\S+) -p (\w+) (\d+) -p (\w+) (\d+)$", PAGE, re.MULTILINE)
    source, made, *given = line
    shutil.copy(ROOT / "notebooks" / "en" / source, tmp_path)
    values = {given[0]: int(given[1]), given[2]: int(given[3])}
    papermill.execute_notebook(source, made, parameters=values, progress_bar=False)
    (block,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    exec(block, {"course": ROOT})
    stamp = nbformat.read(tmp_path / made, as_version=4).metadata["made_from"]
    about = json.loads((ROOT / "datasets/qingyu_bank/datapackage.json").read_text(encoding="utf-8"))
    assert stamp["seed"] == about["seed"]
    assert re.fullmatch(r"[0-9a-f]{64}", stamp["lock"]) and re.fullmatch(r"[0-9a-f]{40}", stamp["commit"])


def test_the_citation_is_complete_but_for_what_only_publishing_gives():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    wanted = {
        "cff-version",
        "message",
        "title",
        "abstract",
        "type",
        "authors",
        "version",
        "date-released",
        "license",
        "keywords",
    }
    assert wanted <= set(cited)
    assert cited["title"] in PAGE and f"Version {cited['version']}" in PAGE
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{cited["version"]}"' in project


def test_its_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / target).resolve().exists(), target


def test_the_seminar_has_every_replication_in_both_languages_and_its_links_lead_somewhere():
    page = (ROOT / "docs" / "teaching_replications.md").read_text(encoding="utf-8")
    for number in range(1, 6):
        assert len(re.findall(rf"^\| R{number} \|", page, re.MULTILINE)) == 2
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page):
        assert (ROOT / "docs" / target).resolve().exists(), target
