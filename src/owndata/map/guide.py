"""The texts of the mapping workbook, in both languages."""

SHEETS = ("列 columns", "选项 words", "说明 guide")
QUESTIONS, CHOICES = "问题 questions", "可选 choices"
ASKED = {
    "key": "编号 key",
    "question": "问题 question",
    "proposed": "建议 proposed",
    "answer": "回答（请选）answer",
}
CHOSEN = {"key": "编号 key", "choice": "可选 choice", "effect": "作用 effect"}
HEADINGS = {
    "heading": "表头 heading found",
    "examples": "示例 examples",
    "role": "角色 role",
    "item": "题号 item",
    "dimension_zh": "维度 dimension (Chinese or your own)",
    "dimension_en": "维度英文名 dimension (English)",
    "reversed": "反向题 reversed",
    "low": "最低分 lowest",
    "high": "最高分 highest",
    "words": "选项组 word group",
    "title_zh": "题目 wording (Chinese)",
    "title_en": "题目英文 wording (English)",
    "note": "备注 note",
}
WORDS = {"group": "选项组 word group", "word": "选项 answer", "number": "分数 number"}

NOTES = {
    "empty": ("no cell is filled", "整列为空。"),
    "multiple": ("several answers in one cell (┋): left out", "多选题（┋），不带入。"),
    "text": ("free text or many different values: left out, people may be named in it", "文字内容或取值很多，可能提到个人，不带入。"),
    "twice": ("another column already has this role", "另有一列是这个角色。"),
    "scale": ("a rating on another scale than the items", "评分尺度与其他题目不同。"),
    "importance": ("how important it is, not how good", "问的是重要程度，不是好坏。"),
    "no_wave": ("waves whose order the texts do not tell: number them in a copy of the file", "看不出各轮次的先后：请在文件副本里写成 1、2、3。"),
    "no_day": (
        "days without their year, or months without a day: complete them in a copy of the file; months of survey rounds are a wave",
        "日期缺年份，或只到月份：请在文件副本里补全；如果一个月是一轮调查，角色可选“轮次 wave”。",
    ),
    "ranks": ("places in an order, no ratings", "排序题，不是评分。"),
    "weight": ("looks like a weight of each answer: lessons count every answer once", "像是每份答卷的权重：课程里每份答卷都只算一次。"),
    "beside": ("small numbers that do not go along with the items", "小的数字，和其他题目没有关系。"),
    "repeated": ("numbers the answers, and some numbers are there more than once", "答卷的编号，但有编号重复。"),
    "flipped": (
        "the words say that 1 is the best: its numbers are turned on the second sheet",
        "文字说明 1 最好，第二张工作表里已倒过来计分。",
    ),
    "against": (
        "goes against the other items, so it looks reverse-worded: please look at its wording",
        "与其他题目方向相反，像是反向题，请看一看题目。",
    ),
}  # fmt: skip

# (Chinese, English)
GUIDE = (
    (
        "有红色的“问题”表时，先在那里逐个选好回答；全部回答以后才能继续。",
        "Where there is a red sheet 'questions', choose an answer to each of them first: nothing goes on before.",
    ),
    ("程序先猜，你来改。原始文件不会改动。", "We propose, you correct. The original file is never changed."),
    (
        "必须有：一列“网点”，至少一道“感知题”。没有受访者编号时按行号编号。",
        "Required: one column 'branch' and at least one 'perception item'. Without a respondent column the rows are numbered.",
    ),
    (
        "题号：感知题从 1 开始编号；期望题的题号要和它对应的感知题相同。",
        "Item: number the perception items from 1; an expectation item has the number of its perception item.",
    ),
    (
        "维度：每道感知题都要写，名称由你定。同一维度的题目名称要完全一样。英文名可以不填。",
        "Dimension: every perception item needs one, in your own words; items of one dimension have the very same name. "
        "The English name may stay empty.",
    ),
    (
        "反向题：越同意表示服务越差的题目选“是”。选项的分数不用自己倒过来。",
        "Reversed: 'yes' where agreeing means bad service. Do not turn the numbers of the answers yourself.",
    ),
    (
        "最低分、最高分：所有题目要用同一把尺子，例如 1 和 5。",
        "Lowest and highest: all items stand on one scale, for instance 1 and 5.",
    ),
    (
        "选项 words：每个选项对应几分。分数留空表示“没有作答”（例如“不清楚”）；问号必须改成分数或留空。",
        "Sheet words: the number of each answer. An empty number means 'not answered' (such as 'don't know'); "
        "a question mark must be replaced by a number or emptied.",
    ),
    (
        "跳过的题（−2、−3、“(跳过)”）一律按没有作答处理。多选题（┋）不带入。",
        "Skipped questions (−2, −3, '(跳过)') count as not answered. Questions with several answers (┋) are left out.",
    ),
    (
        "个人信息（IP、电话、姓名、昵称、微信、证件号等）默认不带入，也不显示示例。",
        "What points at a person (IP, phone, name, nickname, WeChat, identity card …) is left out, its examples are not shown.",
    ),
    (
        "重要性分配分：每个维度一列，把维度名写在“维度”里。",
        "Importance points: one column a dimension; write the dimension's name in its column.",
    ),
    (
        "不足 10 人的网点会合并成“其他”，除非加上 --keep-small。",
        "Branches with fewer than 10 respondents are merged into 'other', unless you add --keep-small.",
    ),
    (
        "改好后运行：course data map 文件 --mapping mapping.xlsx --out 文件夹",
        "Then run: course data map FILE --mapping mapping.xlsx --out FOLDER",
    ),
)
