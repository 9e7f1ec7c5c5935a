"""What was done to a file and to which column, told in both languages."""

from dataclasses import dataclass

from classroom.owndata import identifiers
from helpers.bank.language import pick

# kind → English, Chinese; {column}, {table} and {found} are filled in.
TEXTS = {
    # pseudonyms
    "pseudonyms": ("{table}.{column}: ids replaced by pseudonyms.", "{table}.{column}：编号已换成假名。"),
    "identifier": (
        "{table}.{column}: left out, it may name a person (--keep {column} copies it).",
        "{table}.{column}：可能指向个人，已略去（要保留请用 --keep {column}）。",
    ),
    "free_text": (
        "{table}.{column}: left out, it is free text in which people may be named (--keep {column} copies it).",
        "{table}.{column}：自由填写的文字，可能提到具体的人，已略去（要保留请用 --keep {column}）。",
    ),
    "kept_identifier": (
        "{table}.{column}: KEPT as you asked; it may name a person.",
        "{table}.{column}：按你的要求保留；这一列可能指向个人。",
    ),
    "kept_free_text": (
        "{table}.{column}: KEPT as you asked; people may be named in it.",
        "{table}.{column}：按你的要求保留；里面可能提到具体的人。",
    ),
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
        what = identifiers.KINDS.get(self.found, (self.found, self.found))[language]
        return TEXTS[self.kind][language].format(table=self.table, column=self.column, found=what)

    def __str__(self):
        return pick(en=self.told(0), zh=self.told(1))
