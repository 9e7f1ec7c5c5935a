"""What everything in the kit is called; numbered, so that a folder reads as an agenda."""

from helpers.bank.language import pick

NAMES = {
    "kit": ("service quality, {route}", "服务质量课程 {route}"),
    "start": ("00 start here.html", "00 从这里开始.html"),
    "timetable": ("01 timetable.docx", "01 时间表.docx"),
    "handbook": ("02 trainer handbook.docx", "02 讲师手册.docx"),
    "checklist": ("03 checklist for the room.docx", "03 教室准备清单.docx"),
    "pages": ("04 classroom pages", "04 课堂页面"),
    "slides": ("05 slides.pptx", "05 幻灯片.pptx"),
    "print": ("06 to print", "06 打印"),
    "maps": ("07 wall charts A3", "07 挂图 A3"),
    "templates": ("08 templates", "08 模板"),
    "answers": ("09 answers.docx", "09 参考答案.docx"),
    "it": ("10 for the IT department.html", "10 给信息科技部.html"),
    "quiz": ("ten questions.html", "十道题.html"),
    "hands": ("try it.html", "动手试一试.html"),
    "vote": ("count the ballots.html", "计票.html"),
    "data_map": ("map of the data.pdf", "数据地图.pdf"),
    "blank_map": ("blank map.pdf", "空白旅程图.pdf"),
    "observation_paper": ("observation sheet to print.docx", "观察记录纸.docx"),
    "short_form": ("questionnaire, short.docx", "问卷（短卷）.docx"),
    "full_form": ("questionnaire, full.docx", "问卷（完整卷）.docx"),
    "observation_sheet": ("observation sheet.xlsx", "观察表.xlsx"),
    "poll_sheet": ("room poll.xlsx", "现场小调查.xlsx"),
    "plan_sheet": ("improvement plan.xlsx", "改进计划.xlsx"),
    "complaint_log": ("complaint log.xlsx", "投诉登记.xlsx"),
    "training_book": ("training, before and after.xlsx", "培训前后.xlsx"),
    "test_book": ("ten questions, counted.xlsx", "十道题统计.xlsx"),
}


def names():
    """Name everything in the reader's language.

    Returns
    -------
    dict
        Key → name of a file or folder.
    """
    return {key: pick(en=english, zh=chinese) for key, (english, chinese) in NAMES.items()}


def places(named):
    """Say where the kit keeps what lessons call by its place in the collection.

    Parameters
    ----------
    named : dict
        From `kit_names.names`.

    Returns
    -------
    dict
        Place in the collection → place in the kit.
    """
    return {
        f"course/templates/{file}.xlsx": f"{named['templates']}/{named[key]}"
        for file, key in (
            ("observation_sheet", "observation_sheet"),
            ("room_poll", "poll_sheet"),
            ("plan_en", "plan_sheet"),
            ("plan_zh", "plan_sheet"),
            ("training_en", "training_book"),
            ("training_zh", "training_book"),
        )
    }
