"""Rows of totals told from answers: 'Average' may be either."""

import re
from collections import Counter

WORDS = {
    *("合计", "总计", "总和", "小计", "汇总", "平均", "平均值", "平均分", "均值", "总平均", "合计平均", "标准差", "样本量"),
    *("total", "totals", "grand total", "subtotal", "sum", "average", "mean", "overall", "std", "count"),
}  # fmt: skip
_ANSWERS = ("average", "overall")  # people say so, too
_OF_A_GROUP = re.compile(
    r".+ (average|total|subtotal|mean|sum|count|max|min|stddev|product)|grand \w+|"
    r".+ ?(汇总|小计|合计|总计|平均值?|平均分|均值|均分|计数|最大值|最小值)|总(平均值|计数|最大值|最小值|汇总)"
)


def is_named(cell):
    """Whether a cell is named as totals are.

    Parameters
    ----------
    cell : str
        The first filled cell of a row.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_named("合计："), is_named("Harbour Average"), is_named("滨江支行 汇总"), is_named("Harbour")
    (True, True, True, False)
    """
    text = cell.strip("：: ").casefold()
    # The total of a group has a blank or is Chinese; most rows begin with an id.
    of_a_group = (" " in text or not text.isascii()) and _OF_A_GROUP.fullmatch(text)
    return text in WORDS or bool(of_a_group)


class Usual:
    """What answers look like in a table, so that a total is told from them.

    Parameters
    ----------
    rows : list of list of str
        The first rows of data.
    """

    def __init__(self, rows):
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        named = [row for row in filled if not is_named(first(row))] or filled
        width = max(map(len, named), default=0)
        self.text = {
            i for i in range(width)
            if sum(_is_text(row[i]) for row in named if i < len(row)) > len(named) / 2
        }  # fmt: skip
        self.often = Counter(first(row).strip() for row in filled)
        whole = [{row[i].strip() for row in named if i < len(row) and row[i].strip()} for i in range(width)]
        # Column → the largest number, where all are whole: averages and sums of them look otherwise.
        self.most = {
            i: max(map(int, cells)) for i, cells in enumerate(whole) if cells and all(map(_is_whole, cells))
        }

    def is_total(self, row):
        """Tell whether a row whose first cell is named so is a total.

        Parameters
        ----------
        row : list of str
            The cells of the row.

        Returns
        -------
        bool
            False where the other columns of words hold words, too, or the word comes again and again
            before whole numbers, and no number is a fraction or a sum: then it is an answer.
        """
        name = first(row)
        if not is_named(name):
            return False
        place = row.index(name)
        others = self.text - {place}
        answers = name.strip("：: ").casefold() in _ANSWERS
        if others and (answers or not self._summed(row[place + 1 :], place + 1)):
            return not all(i < len(row) and _is_text(row[i]) for i in others)
        again = self.often[name.strip()] > 2 and all(
            re.fullmatch(r"\d*", c.strip()) for c in row[place + 1 :]
        )
        return not again

    def _summed(self, cells, begin):
        """Whether numbers are averages or sums of whole ones: a fraction, or more than any."""
        numbers = [(i, cell.strip()) for i, cell in enumerate(cells, begin) if i in self.most]
        return any(re.fullmatch(r"\d+\.\d*[1-9]\d*", cell) for _, cell in numbers) or (
            len(numbers) > 1 and all(_is_whole(cell) and int(cell) > self.most[i] for i, cell in numbers)
        )


def first(row):
    """The first filled cell of a row, or an empty text.

    Parameters
    ----------
    row : list of str
        Its cells.

    Returns
    -------
    str

    Examples
    --------
    >>> first(["", " ", "B01", "4"])
    'B01'
    """
    if row and row[0] and not row[0].isspace():  # nearly every row
        return row[0]
    return next((cell for cell in row if cell and not cell.isspace()), "")


def _is_whole(cell):
    return cell.isascii() and cell.isdigit() and len(cell) < 16


def _is_text(cell):
    return bool(re.search(r"[^\W\d_]", cell)) and not re.fullmatch(r"[-+\d.eE]+", cell.strip())
