"""Write the smallest ``.xls`` there is, to have files of the old kind without a library for them."""

import struct

SECTOR = 512


def workbook(rows, *, locked=False):
    """Bytes of an Excel 97 workbook with one sheet; `locked` marks it as encrypted."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet += _cell(r, c, value)
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if locked:
        start += _record(0x002F, b"\x01\x00\x01\x00\x01\x00" + bytes(48))
    start += _record(0x0042, struct.pack("<H", 1200))
    name = "答卷".encode("utf-16-le")
    length = len(start) + 4 + 8 + len(name) + 4
    start += _record(0x0085, struct.pack("<IHBB", length, 0, 2, 1) + name) + _record(0x000A, b"")
    return container({"Workbook": start + sheet})


def container(streams):
    """Bytes of an OLE file with these streams (each made longer than the limit for small ones)."""
    contents = [data.ljust(-(-max(len(data), 4096) // SECTOR) * SECTOR, b"\0") for data in streams.values()]
    sectors = [len(data) // SECTOR for data in contents]
    table, first, entries = [0xFFFFFFFD, 0xFFFFFFFE], 2, [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, data, count) in enumerate(zip(streams, contents, sectors, strict=True)):
        right = number + 2 if number + 1 < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, first, len(data), right=right))
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        first += count
    table += [0xFFFFFFFF] * (SECTOR // 4 - len(table))
    assert len(table) == SECTOR // 4, "one sector of the allocation table must do"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + struct.pack("<128I", *table) + b"".join(entries).ljust(SECTOR, b"\0") + b"".join(contents)


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def _cell(row, column, value):
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _entry(name, kind, first, size, *, child=0xFFFFFFFF, right=0xFFFFFFFF):
    wide = name.encode("utf-16-le") + b"\0\0"
    entry = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, right, child)
    return entry + bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", first, size)
