"""A beginner's own errors, explained: in a real kernel, and in JupyterLab in a real browser."""

import builtins
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from collection import ROOT
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from classroom.notebook import explain, name_errors, syntax_errors
from helpers.bank import language
from workshop.jobs import python
from workshop.room import lab

EXPLAINING = "--IPKernelApp.extra_extensions=classroom.notebook.explain"
READY = """from classroom import start
from helpers.figures import plots
from helpers.methods import servqual
from helpers.bank.data import load
import pandas as pd
book = start("05_servqual", data="qingyu_bank", language="LANGUAGE", branch="B07", wave=2)
answers = load("qingyu_bank", "servqual")
gap = ..."""
# What a beginner types, the kind of error it stays, and what the first line says in either language.
BEFORE = [
    ("print(1，2)", "SyntaxError", "Line 1 holds full-width signs: [，]", "第 1 行有中文（全角）符号「，」"),
    ("print（“你好，世界”）", "SyntaxError", 'print("你好，世界")', 'print("你好，世界")'),
    ('print("a”)', "SyntaxError", "full-width signs: [”]", "符号「”」"),
    ("if 3 > 2：\n    pass", "SyntaxError", "if 3 > 2:", "if 3 > 2:"),
    ("x = 3\u3000+ 1", "SyntaxError", "wide blank", "全角空格"),
    ("x = 【1；2】", "SyntaxError", "x = [1;2]", "x = [1;2]"),
    ("x = [1, 2\ny = 3", "SyntaxError", "opened and never closed", "没有右边"),
    ("print(1]", "SyntaxError", "closing bracket does not fit", "右括号配不上"),
    ("s = 'abc", "SyntaxError", "closing quotation mark", "右边的引号"),
    ("if 3 = 3:\n    pass", "SyntaxError", "write ==", "两个等号 =="),
    ("print(1 2)", "SyntaxError", "comma", "英文逗号"),
    ("for i in [1]\n    i", "SyntaxError", "end with a colon", "少了英文冒号"),
    ("for i in [1]:\nprint(i)", "IndentationError", "must be indented", "要缩进"),
    ("a = 1\n  b = 2", "IndentationError", "indented in another way", "缩进和上下文对不上"),
    ("x = ", "SyntaxError", "cannot read line 1", "第 1 行 Python 读不懂"),
    ("late = 16.1%", "SyntaxError", '"16.1%"', '"16.1%"'),
    ("late = 16.1％", "SyntaxError", '"16.1%"', '"16.1%"'),
    ("hint rate", "SyntaxError", "hint(…)", "hint(…)"),
    ("print 'x'", "SyntaxError", "print(…)", "print(…)"),
    ("d = 2\ny = 16 * d² / 3³", "SyntaxError", "16 * d**2 / 3**3", "16 * d**2 / 3**3"),
    ("y = 3 · 2", "SyntaxError", "y = 3 * 2", "y = 3 * 2"),
    ("y = 3 ≥ 2", "SyntaxError", "y = 3 >= 2", "y = 3 >= 2"),
    ("y = ‘b”", "SyntaxError", 'y = "b"', 'y = "b"'),
    ("import pands", "ModuleNotFoundError", "Did you mean pandas?", "是不是想写 pandas？"),
    ("from classroom import chek", "ImportError", "Did you mean check?", "是不是想写 check？"),
    (
        "from helpers import servqual",
        "ImportError",
        "servqual has moved to helpers.methods: write",
        "servqual 已经移到",
    ),
    ("from helpers.methods import servqal", "ImportError", "Did you mean servqual?", "是不是想写 servqual？"),
    ("answers.head()", "NameError", "run the cells above first", "先从上往下把前面的单元格运行一遍"),
]
AFTER = [
    ("answrs", "NameError", "Did you mean answers?", "是不是想写 answers？"),
    ("moved = 有形性", "NameError", '"有形性"', '加英文引号："有形性"'),
    ("answers['brnch']", "KeyError", "Did you mean 'branch'", "是不是要找 'branch'（网点）"),
    ("answers['网点']", "KeyError", "Did you mean 'branch'", "是不是要找 'branch'（网点）"),
    ("answers[['branch', 'wav']]", "KeyError", "no column 'wav'", "没有 'wav' 这一列"),
    ("answers.groupby('Branch').size()", "KeyError", "Did you mean 'branch'", "是不是要找 'branch'"),
    ("answers.sort_values('weigt')", "KeyError", "Did you mean 'weight'", "是不是要找 'weight'"),
    ("answers.loc[0, 'date2']", "KeyError", "Did you mean 'date'", "是不是要找 'date'"),
    ("plots.gasp(answers)", "AttributeError", "Did you mean gaps?", "是不是想写 gaps？"),
    ("answers.brunch", "AttributeError", "Did you mean branch?", "是不是想写 branch？"),
    ("print('x').head()", "AttributeError", "is empty (None)", "左边是空的"),
    ("pd.read_csv('nowhere.csv')", "FileNotFoundError", "no file 'nowhere.csv'", "找不到文件 'nowhere.csv'"),
    (r"open('C:\\temp\\new.csv')", "FileNotFoundError", "write / instead of", "改成 / 。"),
    ("gap - 1", "TypeError", "Three dots", "三个点"),
    (
        "answers[(answers['wave'] == 2) and (answers['branch'] == 'B07')]",
        "ValueError",
        "joined by &",
        "要用 &",
    ),
    (
        "answers[answers['wave'] == 2 & answers['satisfaction'] > 3]",
        "TypeError",
        "its own brackets",
        "都要加括号",
    ),
    ("answers['branch'].mean()", "TypeError", "There is text or a date", "里有文字"),
    ("answers['branch'].astype(float)", "ValueError", "A number is needed here", "这里要的是数字"),
    ("answers.query('wve == 2')", "UndefinedVariableError", "Did you mean 'wave'?", "是不是想写 'wave'"),
    (
        "import seaborn as sns; sns.pointplot(answers, x='satisfactn')",
        "ValueError",
        "no column 'satisfactn'",
        "没有 'satisfactn' 这一列",
    ),
    ("import pingouin as pg; pg.ttest(answers['satisfaction'])", "TypeError", "needs more: 'y'", "还缺参数"),
    (
        "import pingouin as pg; pg.ttest(answers['branch'], 0)",
        "TypeError",
        "text in 'branch'",
        "'branch' 里有文字",
    ),
    ("answers['P18':'P22']", "TypeError", "a list of their names", "列名的清单"),
    ("answers.iloc['P18']", "TypeError", "a list of their names", "列名的清单"),
    ("answers['P18-P22']", "KeyError", "written out one by one", "一列一列写出来"),
    ("answers['P18'].replace(9)", "ValueError", "what and by what", "把什么换成什么"),
    ("answers.query('wave = 1')", "ValueError", "two signs", "两个等号"),
    (
        "answers.query('branch == B07')",
        "UndefinedVariableError",
        "marks of its own: 'B07'",
        "再加一层引号：'B07'",
    ),
    ("answers['wave' == 1]", "KeyError", "compares two texts", "比较两段文字"),
    ("answers['P18'].average()", "AttributeError", "called .mean()", "这里叫 .mean()"),
    ("len(answers).mean()", "AttributeError", "A single number has nothing", "单独一个数里没有 mean"),
    (
        "answers.head(1, 2)",
        "TypeError",
        "at most 1 values without a name, and 2 came",
        "最多收 1 个不写名称的值，你给了 2 个",
    ),
    ("f = lambda a, b: a\nf(1, 2, 3)", "TypeError", "at most 2 values", "最多收 2 个"),
    ("answers['P18'].mean() ^ 2", "TypeError", "3 ** 2", "3 ** 2"),
    ("answers['P18'] ^ 2", "TypeError", "3 ** 2", "3 ** 2"),
    ("answers.set_index('respondent').loc['Q']", "KeyError", "No row is called 'Q'", "没有叫 'Q' 的行"),
    ("answers.loc[999999]", "KeyError", "No row is called 999999", "没有叫 999999 的行"),
    ("pd.Series([1], index=['B03'])['B3']", "KeyError", "Did you mean 'B03'", "是不是要找 'B03'"),
    ("AVERAGE(answers['P18'])", "NameError", 'table["P1"].mean()', '表["P1"].mean()'),
    (
        "from statsmodels.formula.api import ols; ols('satisfaction ~ wve', answers)",
        "PatsyError",
        "no column of the table",
        "不是表里的列",
    ),
]
TOOLS = """import seaborn as sns, pingouin as pg, statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.stats.proportion import proportion_confint, proportions_ztest
from statsmodels.stats.weightstats import ttest_ind
answers["same"] = 1"""
# The commonest slips with each package, and what the sentence names.
SLIPS = {
    "pandas": [
        ("answers['seconds'] > '9'", "TypeError", "cannot be compared", "不能比大小"),
        ("pd.to_numeric(answers['branch'])", "ValueError", "“B", "是文字"),
        ("answers['new'] = [1, 2]", "ValueError", "and 2 came", "只给了 2 个"),
        ("answers.drop('weight')", "KeyError", "drop(columns=", "drop(columns="),
        ("answers('weight')", "TypeError", "square brackets", "方括号"),
        ("answers.groupby('branch')['wait'].mean()", "KeyError", "no column 'wait'.", "没有 'wait' 这一列"),
        ("answers['weight'].quantile(95)", "ValueError", "between 0 and 1", "0 到 1 之间"),
        ("answers['branch'].quantile(0.5)", "ArrowNotImplementedError", "text came", "来的却是文字"),
        ("answers['branch'].str.len().str.upper()", "AttributeError", ".str goes with text", ".str 用于文字"),
        ("answers.head('5')", "TypeError", "whole number", "整数"),
        ("answers.query('wave >')", "SyntaxError", "cannot be read", "读不懂"),
    ],
    "seaborn": [
        ("sns.barplot(answers, x='branch', y='wait')", "ValueError", "no column 'wait'", "没有 'wait' 这一列"),
        ("sns.lmplot(answers, x='wait', y='weight')", "KeyError", "no column 'wait'", "没有 'wait' 这一列"),
        ("sns.barplot(x='branch', y='weight')", "ValueError", "data=table", "data=表"),
        ("sns.barplot(answers, 'branch', 'weight')", "TypeError", "name=value", "名称=值"),
        ("sns.barplot('answers', x='branch', y='P1')", "TypeError", "write answers without", "请去掉引号，写 answers"),
        ("sns.regplot(answers, x='branch', y='weight')", "DTypePromotionError", "text in 'branch'", "'branch' 里有文字"),
        ("sns.catplot(answers, x='branch', y='P1', kind='bars')", "ValueError", "'violin'", "没有这种图"),
        ("sns.heatmap(answers[['branch', 'P1']])", "ValueError", "text in 'branch'", "'branch' 里有文字"),
        ("sns.color_palette('blau')", "ValueError", "blau is not known", "没有 blau 这个写法"),
    ],
    "statsmodels": [
        ("sm.OLS(answers['weight'], answers[['P2']]).fit()", "MissingDataError", "empty values in 'P2'", "而 'P2' 里有"),
        ("sm.OLS(answers['branch'], answers[['wave']]).fit()", "ValueError", "text in 'branch'", "'branch' 里有文字"),
        ("sm.OLS(answers['wave'], answers[['branch']])", "ValueError", "text in 'branch'", "'branch' 里有文字"),
        ("sm.OLS('P1', 'P2')", "ValueError", 'table["P1"]', '表["P1"]'),
        ("sm.OLS(answers['P1']).fit()", "AttributeError", "sm.OLS(y, X)", "sm.OLS(y, X)"),
        ("sm.OLS(answers['wave'], answers['wave']).summary()", "AttributeError", ".fit().summary", ".fit().summary"),
        ("smf.ols('P1 ~ P2', answers).params", "AttributeError", ".fit().params", ".fit().params"),
        ("smf.ols('P1 ~ wait', answers)", "PatsyError", "names wait", "公式里的 wait"),
        ("smf.ols('branch ~ P1', answers)", "ValueError", "text in 'branch'", "'branch' 里有文字"),
        ("smf.ols('P1 ~ P2 +', answers)", "PatsyError", "formula cannot be read", "公式读不懂"),
        ("smf.ols('P1 ~ P 2', answers)", "SyntaxError", "formula cannot be read", "公式读不懂"),
        ("smf.ols(answers, 'P1 ~ P2')", "ValueError", "formula comes first", "要先写公式"),
        ("smf.logit('wave ~ P1', answers).fit()", "ValueError", "0 and 1", "0 和 1"),
        ("proportion_confint(answers['branch'], 30)", "ValueError", "text in 'branch'", "'branch' 里有文字"),
        ("proportion_confint('many', 30)", "ValueError", "“many” is only a text", "“many”只是一段文字"),
        ("proportions_ztest('12', 30)", "TypeError", "write 12 without", "写 12"),
        ("ttest_ind('P1', 'P2')", "IndexError", 'table["P1"]', '表["P1"]'),
    ],
    "pingouin": [
        ("pg.linear_regression(answers[['P2']], answers['wave'])", "AssertionError", "values in 'P2'", "而 'P2' 里有"),
        ("pg.linear_regression(answers[['wave']], answers['P1'])", "AssertionError", "values in 'P1'", "而 'P1' 里有"),
        ("pg.ttest(answers['P1'], 'a')", "ValueError", "“a” is only a text", "“a”只是一段文字"),
        ("pg.ttest(answers['P1'], answers['branch'])", "TypeError", "text in 'branch'", "'branch' 里有文字"),
        ("pg.pairwise_tests(dv='P1', between='wait', data=answers)", "AssertionError", "no column 'wait'", "没有 'wait' 这一列"),
        ("pg.pairwise_tests(dv='wait', between='wave', data=answers)", "KeyError", "no column 'wait'", "没有 'wait' 这一列"),
        ("pg.anova(dv='branch', between='wave', data=answers)", "ValueError", "text in 'branch'", "'branch' 里有文字"),
        ("pg.anova(dv='P1', data=answers)", "ValueError", "between=", "between="),
        ("pg.anova(answers['P1'], answers['branch'])", "ValueError", "whole table", "整张表"),
        ("pg.pairwise_tests(dv='P1', between='same', data=answers)", "ValueError", "At least two groups", "至少要有两组"),
        ("pg.rm_anova(dv='P1', within='wave', data=answers)", "ValueError", "subject=", "subject="),
        ("pg.rm_anova(dv='P1', within='wait', subject='customer', data=answers)", "KeyError", "no column 'wait'", "没有 'wait'"),
        ("pg.partial_corr(answers, x='P1', y='P2', covar='branch')", "AssertionError", "text in 'branch'", "'branch' 里有文字"),
        ("pg.corr(answers['P1'], answers['P2'].head(9))", "AssertionError", "different length", "长短不一"),
        ("pg.cronbach_alpha(answers[['P1', 'branch']])", "AssertionError", "text in 'branch'", "'branch' 里有文字"),
    ],
}  # fmt: skip
# What is none of ours is left as it is.
ALONE = [
    ("import math; math.sqrt(-1)", "ValueError", "Traceback"),
    ("{'a': 1}['b']", "KeyError", "Traceback"),
    ("[1].index(2)", "ValueError", "Traceback"),
    (
        "from helpers.bank import checks; checks.columns(answers, ['wav'], name='answers')",
        "WrongValue",
        "'wav'",
    ),
]


def ran(cells, *, spoken, extra=(EXPLAINING,), allow_errors=True):
    """Run cells in a kernel of this Python."""
    notebook = new_notebook(cells=[new_code_cell(cell.replace("LANGUAGE", spoken)) for cell in cells])
    around = {"COURSE_LANGUAGE": spoken, "COURSE_HOME": str(ROOT)}
    kernel = type("Kernel", (python.ThisPython,), {"extra": extra, "around": around})
    NotebookClient(notebook, allow_errors=allow_errors, kernel_manager_class=kernel, timeout=120).execute()
    return notebook.cells


def error(cell):
    """The name of a cell's error, its words, and what is shown, without colours."""
    (found,) = [output for output in cell.outputs if output.output_type == "error"]
    return found.ename, found.evalue, re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(found.traceback))


@pytest.fixture(scope="module", params=["en", "zh"])
def spoken(request):
    return request.param


@pytest.fixture(scope="module")
def told(spoken):
    slips = [one for several in SLIPS.values() for one in several]
    typed = [*(one[0] for one in BEFORE), READY, TOOLS, *(one[0] for one in [*AFTER, *slips, *ALONE])]
    return dict(zip(typed, ran(typed, spoken=spoken), strict=True)), spoken


@pytest.mark.parametrize(
    "one", [*BEFORE, *AFTER, *(one for several in SLIPS.values() for one in several)], ids=lambda one: one[0]
)
def test_the_first_line_says_what_to_do_and_the_error_stays(told, one):
    cells, spoken = told
    typed, kind, *said = one
    name, words, shown = error(cells[typed])
    assert said[spoken == "zh"] in shown.splitlines()[0]
    assert name == kind and (words or kind == "AssertionError")  # pingouin asserts without a word
    assert f"{kind}: " in shown.splitlines()[-1]
    assert len(shown.splitlines()) <= 7


@pytest.mark.parametrize("one", ALONE, ids=lambda one: one[0])
def test_what_cannot_be_explained_is_shown_as_ever(told, one):
    typed, kind, shown = one
    name, _, text = error(told[0][typed])
    assert name == kind and shown in text


def test_the_cells_that_prepare_run(told):
    assert not [output for output in told[0][TOOLS].outputs if output.output_type == "error"]
    assert not [output for output in told[0][READY].outputs if output.output_type == "error"]


def test_the_whole_traceback_is_one_command_away():
    *_, last = ran(["answrs", "%tb"], spoken="en")
    assert "Traceback (most recent call last)" in error_text(last)


def error_text(cell):
    return "".join(
        re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(o.get("traceback", [o.get("text", "")])))
        for o in cell.outputs
    )


def test_no_warning_in_english_stands_before_the_sentence():
    for cell in ran(["s = 2\ns**2(3 + 4)", "100(3)", "[1, 2]['a']", "'ab' (3)"], spoken="zh"):
        assert [output.output_type for output in cell.outputs] == ["error"]
        assert error(cell)[2].startswith(("这里要的是函数", "清单要按第几个"))


def test_start_alone_switches_it_on_and_an_error_inside_our_own_package_keeps_its_traceback():
    inside = "from helpers.bank import checks\nchecks.numbers(None, name=1)"
    *_, mine, ours = ran([READY, "answrs", inside], spoken="zh", extra=())
    assert error(mine)[2].startswith("现在还没有 answrs 这个名称。")
    assert "Traceback" in error(ours)[2]


def test_a_run_by_machine_fails_with_the_error_itself(tmp_path):
    import papermill

    notebook = new_notebook(
        cells=[new_code_cell(READY.replace("LANGUAGE", "zh")), new_code_cell("answers['网店']")]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    kernel = type("Kernel", (python.ThisPython,), {"extra": (), "around": {"COURSE_HOME": str(ROOT)}})
    with pytest.raises(papermill.PapermillExecutionError) as failed:
        papermill.execute_notebook(
            notebook,
            str(tmp_path / "out.ipynb"),
            kernel_name="python3",
            kernel_manager_class=kernel,
            progress_bar=False,
        )
    assert (failed.value.ename, failed.value.evalue) == ("KeyError", "'网店'")


def test_a_helper_that_fails_hides_nothing(monkeypatch):
    monkeypatch.setitem(explain.KINDS, NameError, lambda error, space: 1 / 0)
    assert explain.explained(NameError("x"), space={}) is None


def test_another_handler_is_left_alone():
    class Shell:
        custom_exceptions = (ValueError,)

        def set_custom_exc(self, *given):
            raise AssertionError("the reader's own handler was replaced")

    explain.switch_on(Shell())


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ('print("你好，世界")', []),
        ("x = 1  # 注释，不算", []),
        ("服务 = 1", []),
        ('print("a"，"b")', ["，"]),
        ("f（x）", ["（", "）"]),
        ("df[“网点”]", ["“", "”"]),
    ],
)
def test_only_signs_that_python_reads_are_named(line, signs):
    assert syntax_errors.wide(line) == signs


def test_every_sign_has_an_ascii_one():
    assert all(
        syntax_errors.half(sign).isascii()
        for sign in "，。：；（）！？【】“”‘’＝＋－＊／＜＞［］｛｝０９ａＺ％、　"
    )


def test_a_builtin_is_named_only_where_it_is_very_near():
    try:
        exec("pirnt(1)", space := {"__name__": "__main__"})
    except NameError as caught:
        assert "Did you mean print?" in name_errors.name(caught, space=space)
    assert hasattr(builtins, "print")


# In the browser: what a student in China sees.

OPEN = f"""from classroom import reset, start
book = start("05_servqual", data=r"{ROOT / "datasets" / "qingyu_bank"}", language="zh", branch="B07", wave=2)
print("准备好了")"""
LABEL = "第 1 行有中文（全角）符号「，」"


@pytest.fixture
def room(tmp_path):
    """JupyterLab on a small working copy, as `course lab --language zh` starts it."""
    language.use("zh")
    home = tmp_path / "home"
    (home / "datasets").mkdir(parents=True)
    (home / "notebooks" / "zh").mkdir(parents=True)
    (home / "notebooks" / "README.md").write_text(
        (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        new_notebook(
            cells=[new_code_cell(text) for text in ("print(1，2)", "answrs", OPEN, 'reset("gap")')],
            metadata={"kernelspec": kernelspec},
        ),
        home / "notebooks" / "zh" / "99_try.ipynb",
    )
    (home / "notebooks" / "zh" / "05_servqual_exercises.ipynb").write_bytes(
        (ROOT / "notebooks" / "zh" / "05_servqual_exercises.ipynb").read_bytes()
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    around = {
        **os.environ, "COURSE_HOME": str(home), "JUPYTER_CONFIG_DIR": str(tmp_path / "user"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"), "PYTHONUTF8": "1",
    }  # fmt: skip
    given = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=t",
    ]
    script = (
        "import sys; from pathlib import Path; from workshop.room import lab; from helpers.bank import language; "
        "language.use('zh'); home = Path(sys.argv[1]); lab.refresh(home, target=home / 'my_notebooks'); "
        "sys.exit(lab.start(home / 'my_notebooks', home=home, language='zh', options=sys.argv[2:]))"
    )
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", script, str(home), *given], env=around, stdout=log, stderr=log
        )
        try:
            _up(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            urllib.request.urlopen(
                urllib.request.Request(f"http://127.0.0.1:{port}/api/shutdown?token=t", method="POST")
            )
            server.wait(60)


def _up(port, server):
    for _ in range(240):
        assert server.poll() is None
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/api/status?token=t").close()
        except OSError:
            time.sleep(0.5)
    raise TimeoutError


@pytest.mark.browser
def test_a_student_sees_the_sentence_in_jupyterlab(room, tmp_path):
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1366,900", "--lang=en",
                 f"--user-data-dir={tmp_path / 'profile'}"):  # fmt: skip
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    try:

        def wait(css, text="", seconds=90):
            def seen(_):
                found = browser.find_elements(By.CSS_SELECTOR, css)
                return next((one for one in found if text in one.text), None)

            return WebDriverWait(browser, seconds, ignored_exceptions=(Exception,)).until(
                seen, f"{css} {text}"
            )

        browser.get(f"{room}/?token=t")
        page = wait(".jp-RenderedMarkdown", "卡住了怎么办")
        assert "05 · SERVQUAL" in page.text
        wait("#jp-MainMenu, .lm-MenuBar", "文件")  # the menus speak Chinese
        browser.save_screenshot(str(tmp_path / "start.png"))
        browser.get(f"{room}/lab/tree/99_try.ipynb")
        wait(".jp-Notebook .jp-CodeCell", "print(1，2)").click()
        WebDriverWait(browser, 90).until(lambda _: "99_try" in browser.title)
        wait(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status='idle']")
        body = browser.switch_to.active_element
        body.send_keys(Keys.SHIFT, Keys.ENTER)
        wait(".jp-OutputArea-output", LABEL)
        browser.switch_to.active_element.send_keys(Keys.SHIFT, Keys.ENTER)
        wait(".jp-OutputArea-output", "现在还没有 answrs 这个名称")
        browser.save_screenshot(str(tmp_path / "errors.png"))
        time.sleep(2)  # what is sent before an error is over, Jupyter drops
        for text in ("准备好了", "原来的单元格已恢复"):
            browser.switch_to.active_element.send_keys(Keys.SHIFT, Keys.ENTER)
            wait(".jp-OutputArea-output", text)
        wait(".jp-CodeCell .jp-InputArea-editor", "gap = ...")  # the cell has become the starter
        browser.save_screenshot(str(tmp_path / "reset.png"))
    finally:
        browser.save_screenshot(str(tmp_path / "last.png"))
        browser.quit()


def test_the_kernel_of_the_lab_is_this_python_and_explains(tmp_path):
    import json

    around = lab.environment(tmp_path, home=tmp_path, language="zh")
    spec = json.loads((tmp_path / "kernels" / "python3" / "kernel.json").read_text(encoding="utf-8"))
    assert spec["argv"][0] == sys.executable and EXPLAINING in spec["argv"]
    assert spec["env"] == {"COURSE_LANGUAGE": "zh"}
    found = subprocess.run(
        [sys.executable, "-c", "from jupyter_client.kernelspec import get_kernel_spec as g; print(g('python3').argv[-1])"],
        env={**os.environ, **around}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert found.stdout.strip() == EXPLAINING, found.stderr
