"""What was done to a file and to which column, told in both languages."""

from dataclasses import dataclass

from helpers.bank.language import line, pick
from owndata.identify import identifiers

# kind → English, Chinese; {column}, {table} and {found} are filled in.
TEXTS = {
    # pseudonyms
    "replace": (
        "{table}.{column}: replaced by pseudonyms ({found}).",
        "{table}.{column}：已换成假名（{found}）。",
    ),
    "generalise": ("{table}.{column}: made coarser ({found}).", "{table}.{column}：已概括（{found}）。"),
    "leave": ("{table}.{column}: left out ({found}).", "{table}.{column}：已略去（{found}）。"),
    "keep": ("{table}.{column}: kept ({found}).", "{table}.{column}：保留（{found}）。"),
    "kept_all_the_same": (
        "{table}.{column}: KEPT as you asked, though it may point at a person ({found}).",
        "{table}.{column}：按你的要求保留，但这一列可能指向个人（{found}）。",
    ),
    "table_left": (
        "{table}: the whole table is left out: its rows are those of single branches, which were made coarser.",
        "{table}：整张表已略去：它的每一行属于单个网点，而网点已概括。",
    ),
    "unique": (
        "{table}: {found}",
        "{table}：{found}",
    ),
    "pseudonymous": (
        "The copy is pseudonymous, not anonymous: whoever knows enough of somebody may find their row.",
        "这份副本只是换了假名，并非匿名：了解某人情况的人仍可能认出他的那一行。",
    ),
    "not_looked_for": ("Not looked for: {found}.", "没有查找的有：{found}。"),
    "dates": (
        "Dates are unchanged: a rare date may still point at a person.",
        "日期没有改动：少见的日期仍可能指向某个人。",
    ),
    "branches": (
        "Branches keep their ids and names; they are places, not people. Groups below 10 people must still be "
        "merged or blanked in what you publish.",
        "网点的编号和名称保持不变（它们是地点，不是人）。对外发布时，不足 10 人的组仍要合并或隐去。",
    ),
    "key": (
        "The key is {found}: keep it, tell nobody, never send it along with the data.",
        "密钥在 {found}：请保管好，不要告诉别人，更不要和数据一起发送。",
    ),
    # working copy
    "copied": (
        "{found} respondents were copied; the file itself is unchanged.",
        "已带入 {found} 位受访者；原始文件没有改动。",
    ),
    "column_identifier": ("Left out, points at a person: '{column}'", "个人信息，不带入：“{column}”"),
    "column_ignored": ("Left out: '{column}'", "不带入：“{column}”"),
    "column_multiple": (
        "Left out, several answers in one cell (┋) are no rating: '{column}'",
        "多选题（┋）不是评分，不带入：“{column}”",
    ),
    "emptied": (
        "{found} skipped answers (such as −2, −3) were emptied: they count as not answered.",
        "{found} 个跳过的回答（如 −2、−3）已清空，按没有作答处理。",
    ),
    "merged": (
        "Branches with fewer than 10 respondents were merged into 'Other branches' ({found} respondents): {column}. "
        "--keep-small keeps them apart.",
        "不足 10 人的网点已并入“其他网点”（共 {found} 人）：{column}。要分开保留请用 --keep-small。",
    ),
    "counts": ("Respondents by branch: {found}", "各网点受访者人数：{found}"),
    "truth": (
        "truth.json is not copied: only the tables of the codebook are.",
        "没有复制 truth.json：只复制数据说明里列出的表。",
    ),
}


# Why a column is treated as it is; kinds of identifiers (`identifiers.KINDS`) are reasons too.
WHY = {
    "": ("", ""),
    "id": ("it numbers somebody", "是某人或某事的编号"),
    "same_values": ("it holds the ids of another column", "里面是另一列的编号"),
    "mentions": ("an id of another column stands in it", "里面出现了另一列的编号"),
    "coded": ("nearly every row has a number of its own", "几乎每行都有不同的号码"),
    "quasi": ("together with others it can tell who somebody is", "与其他列合起来可能认出某人"),
    "identifier": ("it may name a person", "可能指向个人"),
    "free_text": ("free text, in which people may be named", "自由填写的文字，可能提到具体的人"),
    "place": ("a place, a channel or a product", "网点、渠道或产品"),
    "listed": ("a few values that the codebook lists", "数据说明里列出的几个值"),
    "measure": ("no id, name or text was found in it", "没有发现编号、姓名或自由文字"),
}


def why(reason):
    """Word a reason in both languages."""
    return WHY.get(reason) or identifiers.KINDS[reason][:2]


@dataclass(frozen=True)
class Note:
    """One thing to know about a file that was made.

    Parameters
    ----------
    kind : str
        A key of `TEXTS`.
    table, column, found : str
        Where, and what was found there.
    """

    kind: str
    table: str = ""
    column: str = ""
    found: object = ""

    def told(self, language):
        """Tell it in this language (0 English, 1 Chinese)."""
        what = self.found if isinstance(self.found, tuple) else (self.found, self.found)
        told = TEXTS[self.kind][language].format(table=self.table, column=self.column, found=what[language])
        return line(told)

    def __str__(self):
        return pick(en=self.told(0), zh=self.told(1))
