"""One known survey written as many platforms export it: the way in must give the known table back, whatever the layout."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

ASKED = {
    "en": ["Lobby is clean", "Machines work", "Signs are clear", "Seats are enough", "Waiting time is acceptable",
           "Business is done in one visit", "Promises are kept", "Errors are rare", "Staff are friendly",
           "Staff explain clearly", "Staff remember me", "Someone takes responsibility"],
    "zh": ["大堂干净明亮", "自助机具好用", "指示牌清楚", "座椅够用", "排队时间可以接受", "业务一次办完", "答应的时间做得到", "很少出差错",
           "员工态度热情", "员工解释清楚", "员工记得我的情况", "遇到问题有人负责"],
}  # fmt: skip
BRANCHES = {
    "en": ["Harbour", "Lakeside", "North Gate", "Old Town", "Station Road"],
    "zh": ["滨江支行", "城南支行", "东湖支行", "古楼支行", "解放路支行"],
}
WORDS = {
    ("agree", "en"): ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
    ("somewhat", "en"): ["Strongly disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree", "Strongly agree"],
    ("tend", "en"): ["Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree", "Strongly agree"],
    ("satisfied", "en"): ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"],
    ("quality", "en"): ["Very poor", "Poor", "Average", "Good", "Excellent"],
    ("extent", "en"): ["Not at all", "Slightly", "Moderately", "Very", "Extremely"],
    ("agree", "zh"): ["非常不同意", "不同意", "一般", "同意", "非常同意"],
    ("satisfied", "zh"): ["非常不满意", "不满意", "一般", "满意", "非常满意"],
    ("national", "zh"): ["非常不满意", "不满意", "基本满意", "满意", "非常满意"],
    ("fair", "zh"): ["很不满意", "不太满意", "一般", "比较满意", "非常满意"],
    ("quality", "zh"): ["很差", "较差", "一般", "较好", "很好"],
    ("option", "zh"): ["A.非常不满意", "B.不满意", "C.一般", "D.满意", "E.非常满意"],
    ("spanish", "en"): ["Muy malo", "Malo", "Regular", "Bueno", "Muy bueno"],
}  # fmt: skip
CODINGS = ["numbers", "float", "comma", "stars", "emoji", "of_five", "points", "letters", "poles", "labelled", "upside",
           "lime", *sorted({name for name, _ in WORDS})]  # fmt: skip
MISSING = ["", "N/A", "-99", "-1", "99", "98 and 99", "77 and 88", "9", "0", "cannot say", "(跳过)"]
NO_DIGITS = ("", "N/A", "cannot say", "(跳过)")
PLATFORMS = ["plain", "qualtrics", "surveymonkey", "limesurvey", "kobo", "redcap", "google", "microsoft", "typeform",
             "wenjuanxing", "wenjuanxing_codes", "tencent", "xiaoju", "surveyking", "tduck", "sections", "spss"]  # fmt: skip
CHINESE = {"wenjuanxing", "wenjuanxing_codes", "tencent", "xiaoju", "surveyking", "tduck"}
FILES = ["csv", "csv;", "tsv", "xlsx", "parquet"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


def known(seed=1, *, n=40):
    """The survey itself: whole numbers from 1 to 5, some missing; the branches differ."""
    rng = np.random.default_rng(seed)
    rows = n * 5
    level = rng.normal(3.4, 0.8, rows) + np.tile([-0.5, 0.3, 0.0, 0.6, -0.2], n)
    marks = np.clip(np.round(level[:, None] + rng.normal(0, 0.7, (rows, 12))), 1, 5)
    table = pd.DataFrame(marks, columns=[f"P{i}" for i in range(1, 13)])
    table = table.mask(rng.random(table.shape) < 0.02)
    table.insert(0, "place", np.tile(range(5), n))
    table["satisfaction"] = np.clip(np.round(level), 1, 5)
    table["day"] = pd.date_range("2025-09-01", periods=rows, freq="7h").strftime("%Y-%m-%d")
    return table


def draw(seed):
    """Draw a layout at random, as far as its parts can go together."""
    rng = np.random.default_rng(seed)
    platform = str(rng.choice(PLATFORMS))
    language = "zh" if platform in CHINESE else str(rng.choice(["en", "zh"]))
    codings = [one for one in CODINGS if (one, language) in WORDS or all(one != name for name, _ in WORDS)]
    if platform == "wenjuanxing_codes":
        codings = ["numbers"]
    if platform == "spss":
        codings = ["numbers", "labelled", "upside"]
    if platform == "limesurvey":
        codings = [*codings, "lime", "lime"]
    coding = str(rng.choice(codings))
    missing = str(rng.choice(MISSING if coding in ("numbers", "float") else NO_DIGITS))
    file = "xlsx" if platform == "sections" else "sav" if platform == "spss" else str(rng.choice(FILES))
    encodings = ENCODINGS if language == "zh" else ENCODINGS[:3]
    return {"platform": platform, "language": language, "coding": coding, "missing": missing, "file": file,
            "encoding": str(rng.choice(encodings)), "days": str(rng.choice(["iso", "us", "uk", "slash"]))}  # fmt: skip


def write(folder, layout, table, *, seed=0):
    """Write the survey in a layout; return the path."""
    rng = np.random.default_rng(seed)
    if layout["platform"] == "spss":
        return _sav(folder, layout, table)
    heads, columns = _columns(layout, table, rng)
    file = layout["file"]
    path = Path(folder) / f"export.{'csv' if file.startswith('csv') else file}"
    rows = pd.DataFrame(dict(enumerate(columns)))
    if file == "parquet" and len(heads) == 1:
        rows.set_axis(heads[0], axis="columns").to_parquet(path)
        return path
    full = pd.concat([pd.DataFrame(heads), rows], ignore_index=True).fillna("")
    if file in ("xlsx", "parquet"):
        path = path.with_suffix(".xlsx")
        full.to_excel(path, index=False, header=False, engine="xlsxwriter")
    else:
        between = {"csv": ",", "csv;": ";", "tsv": "\t"}[file]
        full.to_csv(path, index=False, header=False, sep=between, encoding=layout["encoding"])
    return path


def coded(marks, layout, rng, *, column=0):
    """One column of marks as text."""
    coding, language = layout["coding"], layout["language"]
    poles = WORDS["agree", language]
    names = WORDS.get((coding, language), poles)
    ways = {
        "numbers": str, "float": lambda m: f"{m}.0", "comma": lambda m: f"{m},0", "stars": lambda m: "★" * m + "☆" * (5 - m),
        "emoji": lambda m: "⭐" * m, "of_five": lambda m: f"{m}/5", "points": lambda m: f"{m}分",
        "letters": lambda m: "EDCBA"[m - 1], "lime": lambda m: f"A{6 - m}",
        "poles": lambda m: poles[m - 1] if m in (1, 5) else str(m),
        "labelled": lambda m: f"{m} - {poles[m - 1]}", "upside": lambda m: f"{6 - m} - {poles[m - 1]}",
    }  # fmt: skip
    say = ways.get(coding, lambda m: names[m - 1])
    codes = layout["missing"].split(" and ")
    if layout["missing"] == "cannot say":
        codes = ["Prefer not to say" if language == "en" else "无法评价"]
    # Codes are used now and then, so some are in every export.
    return [say(int(m)) if m == m else str(rng.choice(codes)) for m in marks]


def _columns(layout, table, rng):
    """The heading rows, and the columns below them."""
    language, n = layout["language"], len(table)
    zh = language == "zh"
    branch = [BRANCHES[language][place] for place in table["place"]]
    items = [coded(table[f"P{i}"], layout, rng) for i in range(1, 13)]
    overall = coded(table["satisfaction"], layout, rng)
    days = [_day(day, layout["days"]) for day in table["day"]]
    ids, seconds = [str(i) for i in range(1, n + 1)], [str(s) for s in rng.integers(30, 400, n)]
    ticks = [[str(t) for t in rng.integers(0, 2, n)] for _ in range(2)]
    asked = ASKED[language]
    rate, which = (
        ("请评价以下各项", "您办理业务的网点") if zh else ("Please rate", "Which branch did you visit?")
    )
    whole = "总体满意度" if zh else "Overall satisfaction"
    name, empty = layout["platform"], [""] * n
    plain = [f"{i}、{text}" if zh else f"{i}. {text}" for i, text in enumerate(asked, 1)]
    if name == "qualtrics":
        heads = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
                 "ResponseId", "DistributionChannel", "UserLanguage", "Q1", *[f"Q2_{i}" for i in range(1, 13)], "Q3"]  # fmt: skip
        texts = [*heads[:11], which, *[f"{rate}: - {text}" for text in asked], whole]
        tags = [json.dumps({"ImportId": head}) for head in heads]
        ids = [f"R_{i:06d}aB" for i in range(n)]
        columns = [days, days, ["IP Address"] * n, ["203.0.113.7"] * n, ["100"] * n, seconds, ["True"] * n, days, ids,
                   ["anonymous"] * n, ["EN"] * n, branch, *items, overall]  # fmt: skip
        return [heads, texts, tags], columns
    if name == "surveymonkey":
        first = ["Respondent ID", "Collector ID", "Date Created", "Date Modified", "IP Address", which, rate, *[""] * 11,
                 "What did you use?", "", whole]  # fmt: skip
        second = ["", "", "", "", "", "Response", *asked, "Counter", "App", "Response"]
        used = [
            ["Counter" if t == "1" else "" for t in ticks[0]],
            ["App" if t == "1" else "" for t in ticks[1]],
        ]
        return [first, second], [
            ids,
            ["4001"] * n,
            days,
            days,
            ["203.0.113.9"] * n,
            branch,
            *items,
            *used,
            overall,
        ]
    if name == "limesurvey":
        heads = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language",
                 "seed. Seed", f"G01Q01. {which}", *[f"G02Q02[SQ{i:03d}]. {text}" for i, text in enumerate(asked, 1)],
                 f"G03Q01. {whole}"]  # fmt: skip
        return [heads], [ids, days, ["3"] * n, [language] * n, ["1234567"] * n, branch, *items, overall]
    if name == "kobo":
        heads = ["start", "end", which, *[f"grp/{text}" for text in asked], whole, "channels", "channels/counter", "channels/app",
                 "_id", "_uuid", "_submission_time", "_validation_status", "_index"]  # fmt: skip
        stamps = [f"{day}T10:20:05.123+08:00" for day in table["day"]]
        return [heads], [stamps, stamps, branch, *items, overall, ["counter app"] * n, *ticks, [str(90000 + i) for i in range(n)],
                         [f"u-{i:05d}" for i in range(n)], stamps, empty, ids]  # fmt: skip
    if name == "redcap":
        heads = ["record_id", "redcap_event_name", "redcap_survey_identifier", "survey_timestamp", "branch",
                 *asked, "overall satisfaction", "channel___1", "channel___2", "survey_complete"]  # fmt: skip
        return [heads], [ids, ["visit"] * n, empty, days, branch, *items, overall, *ticks, ["2"] * n]
    if name == "google":
        stamp = "时间戳记" if zh else "Timestamp"
        heads = [stamp, which, *[f"{rate} [{text}]" for text in asked], whole]
        return [heads], [days, branch, *items, overall]
    if name == "microsoft":
        heads = (
            ["ID", "开始时间", "完成时间", "电子邮件", "名称"]
            if zh
            else ["ID", "Start time", "Completion time", "Email", "Name"]
        )
        columns = [ids, days, days, ["anonymous"] * n, empty, branch, *items, overall]
        return [[*heads, which, *asked, whole]], columns
    if name == "typeform":
        heads = [
            "#",
            which,
            *asked,
            whole,
            "Response Type",
            "Start Date (UTC)",
            "Submit Date (UTC)",
            "Network ID",
            "Tags",
        ]
        return [heads], [[f"t{i:05d}x" for i in range(n)], branch, *items, overall, ["completed"] * n, days, days,
                         [f"n{i:05d}k" for i in range(n)], empty]  # fmt: skip
    if name in ("wenjuanxing", "wenjuanxing_codes"):
        heads = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您办理业务的网点", "2、您办理过哪些业务（存取款）",
                 "2、您办理过哪些业务（转账）", *[f"3、{rate}—{text}" for text in asked], "4、总体而言，您对本网点的满意程度"]  # fmt: skip
        took = [f"{s}秒" for s in seconds]
        return [heads], [
            ids,
            days,
            took,
            ["微信"] * n,
            ["N/A"] * n,
            ["113.88.1.1(广东-深圳)"] * n,
            branch,
            *ticks,
            *items,
            overall,
        ]
    if name == "tencent":
        heads = ["编号", "开始答题时间", "结束答题时间", "答题时长", "自定义字段", "用户类型", "1.您办理业务的网点",
                 *[f"2.{rate}:{text}" for text in asked], "3.总体满意度"]  # fmt: skip
        return [heads], [ids, days, days, [f"00:0{int(s) // 60}:{int(s) % 60:02d}" for s in seconds], empty, ["匿名"] * n, branch,
                         *items, overall]  # fmt: skip
    if name == "xiaoju":
        heads = ["您办理业务的网点", *asked, "总体满意度", "答题耗时（秒）", "提交时间"]
        return [heads], [branch, *items, overall, seconds, days]
    if name == "surveyking":
        heads = ["序号", "您办理业务的网点", *asked, "总体满意度", "自定义字段", "提交人", "提交时间", "填写时长", "填写设备", "操作系统",
                 "浏览器", "填写地区", "IP", "ID"]  # fmt: skip
        took = [f"{int(s) // 60}分{int(s) % 60}秒" for s in seconds]
        return [heads], [ids, branch, *items, overall, empty, empty, days, took, ["手机"] * n, ["Android"] * n, ["微信"] * n,
                         ["广东省深圳市"] * n, ["113.88.1.1"] * n, [f"k{i:06d}z" for i in range(n)]]  # fmt: skip
    if name == "tduck":
        heads = [
            "提交序号",
            "您办理业务的网点",
            *asked,
            "总体满意度",
            "扩展字段",
            "提交用户",
            "提交时间",
            "操作系统",
            "设备",
        ]
        return [heads], [ids, branch, *items, overall, empty, empty, days, ["iOS"] * n, ["手机"] * n]
    heads = ["序号" if zh else "ID", "网点" if zh else "Branch", "日期" if zh else "Date", *plain, whole]
    columns = [ids, branch, days, *items, overall]
    if name == "sections":
        first = [
            "关于您" if zh else "About you",
            "",
            "",
            "服务" if zh else "Service",
            *[""] * 11,
            "总体" if zh else "In all",
        ]
        return [first, heads], columns
    return [heads], columns


def _day(day, style):
    year, month, date = day.split("-")
    styles = {"iso": f"{day} 10:20:05", "us": f"{int(month)}/{int(date)}/{year} 10:20", "uk": f"{date}/{month}/{year} 10:20:05",
              "slash": f"{year}/{int(month)}/{int(date)} 10:20:05"}  # fmt: skip
    return styles[style]


def _sav(folder, layout, table):
    """An SPSS file: numbers with value labels, user-missing codes declared."""
    language = layout["language"]
    up = 6 if layout["coding"] == "upside" else 0
    poles = WORDS["agree", language]
    rows = pd.DataFrame({"v1": range(1, len(table) + 1), "v2": table["place"] + 1.0})
    for i in range(1, 13):
        rows[f"q{i}"] = (up - table[f"P{i}"] if up else table[f"P{i}"]).fillna(99.0)
    rows["q13"] = up - table["satisfaction"] if up else table["satisfaction"]
    labels = (
        {float(up - m if up else m): poles[m - 1] for m in range(1, 6)}
        if layout["coding"] != "numbers"
        else {}
    )
    values = {f"q{i}": {**labels, 99.0: "No answer"} for i in range(1, 14)} if labels else {}
    values["v2"] = {place + 1.0: name for place, name in enumerate(BRANCHES[language])}
    names = [
        "Respondent",
        "网点" if language == "zh" else "Branch",
        *ASKED[language],
        "总体满意度" if language == "zh" else "Overall satisfaction",
    ]
    missing = {f"q{i}": [99.0] for i in range(1, 14)}
    path = Path(folder) / "export.sav"
    pyreadstat.write_sav(
        rows, str(path), column_labels=names, variable_value_labels=values, missing_ranges=missing
    )
    return path
