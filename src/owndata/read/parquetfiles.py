"""Parquet files as rows of text."""

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from owndata.say.problems import cannot_read, problem

AT_ONCE = 10_000  # rows
HOUR = dt.timedelta(hours=1)


def rows(path):
    """Read a Parquet file row by row; the headings count as row 1.

    Parameters
    ----------
    path : Path
        A Parquet file.

    Returns
    -------
    rows, engine, problems
        As in `workbooks`.

    Raises
    ------
    CannotRead
        If the file is damaged.
    """
    found = []
    try:
        file = pq.ParquetFile(path)
        names = file.schema_arrow.names
        flat = [i for i, kind in enumerate(file.schema_arrow.types) if not pa.types.is_nested(kind)]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None
    kinds = dict(zip(names, file.schema_arrow.types, strict=True))
    found += [problem("bytes", file=path.name, column=n) for n, kind in kinds.items() if _is_bytes(kind)]
    found += [problem("nested", file=path.name, column=n) for i, n in enumerate(names) if i not in flat]
    return Rows(path, file, flat), "parquet", found


class Rows:
    """The rows of a Parquet file, one by one, or many at once.

    Parameters
    ----------
    path : Path
        The file, for its name.
    file : pyarrow.parquet.ParquetFile
        The same, open.
    flat : list of int
        Places of the columns that hold one value a row.
    """

    def __init__(self, path, file, flat):
        self._path, self._flat = path, flat
        names = file.schema_arrow.names
        self._rows = iter([[names[i] for i in flat]])
        self._batches = file.iter_batches(batch_size=AT_ONCE)
        self.waiting = 0  # rows of a batch that was begun one by one

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            for row in self._rows:
                self.waiting = max(self.waiting - 1, 0)
                return list(row)
            batch = self._next()
            if batch is None:
                raise StopIteration
            self.waiting = batch.num_rows
            self._rows = zip(*(column.to_pylist() for column in self._columns(batch)), strict=True)

    def plain(self, columns, most):
        """Take the next batch at once, as `textfiles.Rows.plain` takes lines.

        Parameters
        ----------
        columns : list of str
            The headings.
        most : int
            How many rows are wanted; a batch is what the file gives.

        Returns
        -------
        pyarrow.Table or None
            Text; None where there is no more, or the headings are fewer than the columns.
        """
        if self.waiting or not columns or len(columns) != len(self._flat):
            return None
        batch = self._next()
        return None if batch is None else pa.table(self._columns(batch), names=columns)

    def _next(self):
        """The next batch that has rows, or None."""
        try:
            return next((batch for batch in self._batches if batch.num_rows), None)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise cannot_read("damaged", file=self._path.name, why=type(error).__name__) from None

    def _columns(self, batch):
        """Its columns as text, by place: two may have one name."""
        try:
            return [_texts(batch.column(i)) for i in self._flat]
        except (pa.ArrowException, ValueError) as error:
            raise cannot_read("damaged", file=self._path.name, why=type(error).__name__) from None


def _is_bytes(kind):
    return any(is_kind(kind) for is_kind in
               (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary))  # fmt: skip


def _texts(column):
    """A column of Parquet as text: days as 2025-03-31 where no time of day and no zone is with them, durations as 0:02:05."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if _is_bytes(column.type):
        texts = [(value or b"").decode("utf-8", errors="replace") for value in column.to_pylist()]
        return pa.array(texts, pa.large_string())
    if pa.types.is_duration(column.type):
        spans = pc.cast(column, pa.duration("us"), safe=False).to_pylist()
        clocks = [None if span is None else f"{span // HOUR}{str(span % HOUR)[1:]}" for span in spans]
        column = pa.array(clocks, pa.large_string())
    texts = pc.fill_null(pc.cast(column, pa.large_string()), "")
    if pa.types.is_timestamp(column.type) or pa.types.is_time(column.type):
        texts = pc.replace_substring_regex(texts, r"\.0+(Z|[+-]\d+)?$", r"\1")
    if pa.types.is_timestamp(column.type) and column.type.tz is None:
        texts = pc.replace_substring_regex(texts, r" 00:00:00$", "")
    texts.validate(full=True)  # bytes that call themselves text
    return texts
