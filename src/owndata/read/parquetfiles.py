"""Parquet files as rows of text."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from owndata.say.problems import cannot_read, problem


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
    return _rows(file, path, names, flat), "parquet", found


def _rows(file, path, names, flat):
    yield [names[i] for i in flat]
    try:
        for batch in file.iter_batches(batch_size=10_000):
            columns = [_texts(batch.column(i)) for i in flat]  # by place: two may have one name
            yield from (list(row) for row in zip(*columns, strict=True))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None


def _is_bytes(kind):
    return any(is_kind(kind) for is_kind in
               (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary))  # fmt: skip


def _texts(column):
    """A column of Parquet as text, dates as 2025-03-31 where they have no time of day."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if _is_bytes(column.type):
        return [(value or b"").decode("utf-8", errors="replace") for value in column.to_pylist()]
    texts = pc.fill_null(pc.cast(column, pa.string()), "")
    if pa.types.is_timestamp(column.type):
        texts = pc.replace_substring_regex(texts, r"( 00:00:00)?\.0+(Z?)$", "")
        texts = pc.replace_substring_regex(texts, r" 00:00:00$", "")
    return texts.to_pylist()
