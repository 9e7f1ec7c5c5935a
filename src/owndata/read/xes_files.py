"""Event logs in XES, the standard of process mining (IEEE 1849), as rows of text; streamed, trace by trace."""

import gzip
from contextlib import closing
from pathlib import Path

import pandas as pd
from lxml import etree

from owndata.read.file_kinds import MOST_UNPACKED
from owndata.say.problems import cannot_read

ENDINGS = (".xes", ".xes.gz")
MOST_EVENTS = 5_000_000


def is_xes(path):
    """Whether a file is named as an event log.

    Examples
    --------
    >>> is_xes("log.xes.gz"), is_xes("log.csv")
    (True, False)
    """
    return str(path).casefold().endswith(ENDINGS)


def read(path):
    """Read an event log.

    Parameters
    ----------
    path : str or Path
        ``.xes`` or ``.xes.gz``.

    Returns
    -------
    DataFrame
        Text, one row an event: the attributes of the event, those of its trace as ``case:…``.

    Raises
    ------
    CannotRead
        If it is no such log, or unpacks to more than can be read.
    """
    path = Path(path)
    opened = gzip.open if path.suffix.casefold() == ".gz" else open
    try:
        with closing(_Limited(opened(path, "rb"), path.name)) as file:
            # Nothing is fetched and no entity is filled in: what a file declares cannot make it grow.
            safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
            events = list(_events(etree.iterparse(file, events=("end",), tag="{*}trace", **safe), path.name))
    except FileNotFoundError:
        raise cannot_read("absent", file=path.name) from None
    except (etree.XMLSyntaxError, EOFError, OSError) as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None
    if not events:
        raise cannot_read("no_table", file=path.name)
    return pd.DataFrame(events, dtype="str").fillna("")


def _events(traces, name):
    count = 0
    for _, trace in traces:
        case = {f"case:{key}": value for key, value in _attributes(trace)}
        for event in trace.iterfind("{*}event"):
            count += 1
            if count > MOST_EVENTS:
                raise cannot_read(
                    "too_big", file=name, found=f"> {MOST_EVENTS:,}", expected=f"{MOST_EVENTS:,}"
                )
            yield case | dict(_attributes(event))
        trace.clear()
        while trace.getprevious() is not None:
            del trace.getparent()[0]


def _attributes(node):
    """The attributes that stand directly in a trace or an event."""
    for child in node:
        if isinstance(child.tag, str) and "key" in child.attrib and "value" in child.attrib:
            yield child.get("key"), child.get("value")


class _Limited:
    """A file that ends with a sentence when it unpacks to too much."""

    def __init__(self, file, name):
        self.file, self.name, self.left = file, name, MOST_UNPACKED

    def read(self, size):
        found = self.file.read(size)
        self.left -= len(found)
        if self.left < 0:
            raise cannot_read("too_big", file=self.name, found="> 1 GB", expected="1 GB")
        return found

    def close(self):
        self.file.close()
