"""Structure-aware mutants: files that are still almost what they claim to be."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from contracts.nasty import BROKEN_XML, NASTY, VALUES

Mutator = Callable[[bytes, random.Random], bytes]


def mutant(seed: bytes, suffix: str, rng: random.Random) -> bytes:
    """Return a seed file with one to four changes: most by its structure, some by its bytes."""
    data = seed
    by_form = FORMS.get(suffix, (text_lines,))
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        mutate = rng.choice(by_form) if rng.random() < 0.8 else rng.choice(BYTES)
        try:
            data = mutate(data, rng)
        except (
            ValueError,
            IndexError,
            KeyError,
            sqlite3.Error,
            zipfile.BadZipFile,
            zlib.error,
            csv.Error,
            NotImplementedError,
            RuntimeError,
            EOFError,
        ):
            data = rng.choice(BYTES[:3])(data, rng)
    return data


def flip(data: bytes, rng: random.Random) -> bytes:
    """Change one to eight bytes."""
    changed = bytearray(data or b"x")
    for _ in range(rng.randint(1, 8)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def truncate(data: bytes, rng: random.Random) -> bytes:
    """Cut the end or the beginning off."""
    place = rng.randrange(len(data) + 1)
    return data[:place] if rng.random() < 0.8 else data[place:]


def splice(data: bytes, rng: random.Random) -> bytes:
    """Repeat, move or insert a piece."""
    left, right = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    piece = rng.choice(
        (
            data[left:right],
            b"\x00",
            b"\xff\xfe",
            b"\n" * 9,
            b'"',
            b"[" * 300,
            b"<i>" * 300,
            b"\xe4\xbd",
            b"\r",
        )
    )
    place = rng.randrange(len(data) + 1)
    return (data[:place] + piece + data[place:])[: 1 << 20]


def recode(data: bytes, rng: random.Random) -> bytes:
    """Write the text in another encoding."""
    text = data.decode("utf-8-sig")
    return text.encode(
        rng.choice(("gb18030", "gbk", "utf-16", "utf-16-le", "utf-8-sig", "big5", "latin-1", "utf-32")),
        "replace",
    )


def text_lines(data: bytes, rng: random.Random) -> bytes:
    """Delete, double, swap or join lines, or put something nasty into one."""
    lines = data.decode("utf-8-sig").split("\n")
    place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    act = rng.randrange(5)
    if act == 0:
        del lines[place]
    elif act == 1:
        lines.insert(place, lines[other])
    elif act == 2:
        lines[place], lines[other] = lines[other], lines[place]
    elif act == 3:
        lines[place] += lines[other]
    else:
        cut = rng.randrange(len(lines[place]) + 1)
        lines[place] = lines[place][:cut] + rng.choice(NASTY) + lines[place][cut:]
    return encoded("\n".join(lines))


def cells(data: bytes, rng: random.Random) -> bytes:
    """Change a cell, a row, a column, the delimiter or the quoting of a table."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    place = rng.randrange(1, len(rows)) if len(rows) > 1 and rng.random() < 0.9 else 0
    row = rows[place]
    column = rng.randrange(len(row))
    act = rng.randrange(9)
    if act <= 3:
        row[column] = rng.choice(NASTY)
    elif act == 4:
        del row[column]
    elif act == 5:
        row.insert(column, rng.choice(NASTY))
    elif act == 6:
        rows.insert(rng.randrange(len(rows) + 1), list(rng.choice(rows)))
    elif act == 7:
        for one in rows:
            del one[column : column + 1]
    else:
        row[column], row[0] = row[0], row[column]
    out = io.StringIO()
    delimiter = "," if rng.random() < 0.9 else rng.choice("\t;|")
    quoting = csv.QUOTE_MINIMAL if rng.random() < 0.8 else csv.QUOTE_ALL
    csv.writer(
        out, delimiter=delimiter, quoting=quoting, lineterminator=rng.choice(("\n", "\r\n"))
    ).writerows(rows)
    return encoded(("\ufeff" if rng.random() < 0.3 else "") + out.getvalue())


def values(data: bytes, rng: random.Random) -> bytes:
    """Change the type, value, name or depth of something in a JSON document."""
    document = json.loads(data.decode("utf-8-sig"))
    return dumped(altered(document, rng), rng)


def value_lines(data: bytes, rng: random.Random) -> bytes:
    """Change something in one line of JSON Lines."""
    lines = data.decode("utf-8-sig").rstrip("\n").split("\n")
    place = rng.randrange(len(lines))
    lines[place] = dumped(altered(json.loads(lines[place]), rng), rng).decode("utf-8", "replace")
    return encoded("\n".join(lines) + "\n")


def dumped(value: Any, rng: random.Random) -> bytes:
    """Return JSON text in one of the ways in which tools write it."""
    return encoded(json.dumps(value, ensure_ascii=rng.random() < 0.3, indent=rng.choice((None, None, 1))))


def encoded(text: str) -> bytes:
    """Return UTF-8, with half surrogate pairs as they stand."""
    return text.encode("utf-8", "surrogatepass")


def altered(value: Any, rng: random.Random) -> Any:
    """Return a value with one thing in it changed."""
    if value and isinstance(value, dict) and rng.random() < 0.93:
        key = rng.choice(list(value))
        chance = rng.random()
        if chance < 0.12:
            return {name: one for name, one in value.items() if name != key}
        new = f"{key}x" if chance < 0.17 else key
        return {
            (new if name == key else name): altered(one, rng) if name == key else one
            for name, one in value.items()
        }
    if value and isinstance(value, list) and rng.random() < 0.93:
        place = rng.randrange(len(value))
        if rng.random() < 0.15:
            return [*value, value[place]]
        return [altered(one, rng) if at == place else one for at, one in enumerate(value)]
    deep: Any = rng.choice(VALUES)
    if rng.random() < 0.02:
        for _ in range(rng.choice((3, 150, 250))):
            deep = [deep]
    return deep


def tags(data: bytes, rng: random.Random) -> bytes:
    """Change an attribute, a text or a tag of XML or HTML."""
    text = data.decode("utf-8-sig")
    act = rng.randrange(6)
    found = rng.choice(list(re.finditer(r'"([^"]*)"' if act <= 1 else r"<[^>]*>|[^<]+", text)))
    start, end = found.span(1) if act <= 1 else found.span()
    if act == 0:
        piece = rng.choice(NASTY).replace('"', "")
    elif act == 1:
        parts = found[1].split(",")
        parts[rng.randrange(len(parts))] = rng.choice(NASTY).replace('"', "")
        piece = ",".join(parts)
    elif act == 2:
        piece = ""
    elif act == 3:
        piece = found[0] * rng.choice((2, 3, 300))
    else:
        piece = rng.choice((*BROKEN_XML, *NASTY)) + found[0]
    return encoded(text[:start] + piece + text[end:])


def clocks(data: bytes, rng: random.Random) -> bytes:
    """Change a time of a subtitle."""
    text = data.decode("utf-8-sig")
    found = rng.choice(list(re.finditer(r"\d+:\d\d:\d\d[.,]\d+|\d+", text)))
    other = rng.choice(
        ("0:00:00.00", "99:99:99,999", "-1:00:00,000", "00:00:00", "9" * 25, "x", "", "1:2:3.4", "00:00:01,5")
    )
    return encoded(text[: found.start()] + other + text[found.end() :])


def database(data: bytes, rng: random.Random) -> bytes:
    """Change a value, a row, a column or a table of a database."""
    link = sqlite3.connect(":memory:")
    try:
        link.deserialize(data)
        names = [
            name
            for (name,) in link.execute(
                "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        table = rng.choice(names)
        column = rng.choice([row[1] for row in link.execute(f'PRAGMA table_info("{table}")')])
        act = rng.randrange(6)
        if act <= 2:
            value = rng.choice([*NASTY, None, 1.5, -1, 2**62, b"\xff\xfe", b""])
            link.execute(
                f'UPDATE "{table}" SET "{column}" = ? WHERE rowid % ? = 0', (value, rng.randint(1, 3))
            )
        elif act == 3:
            link.execute(f'DELETE FROM "{table}" WHERE rowid % 2 = 0')
        elif act == 4:
            link.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
        else:
            link.execute(f'DROP TABLE "{table}"')
        link.commit()
        return link.serialize()
    finally:
        link.close()


def members(data: bytes, rng: random.Random) -> bytes:
    """Change one member of a workbook, or its cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in parts if "sheet" in name.lower() or "shared" in name.lower()]
    name = rng.choice(sheets) if rng.random() < 0.85 else rng.choice(list(parts))
    parts[name] = rng.choice((sheet_cells, sheet_cells, sheet_cells, tags, flip, truncate))(parts[name], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return out.getvalue()


def sheet_cells(data: bytes, rng: random.Random) -> bytes:
    """Change a value, a reference or a type in the XML of a sheet."""
    text = data.decode("utf-8")
    found = rng.choice(
        list(
            re.finditer(
                r"<(?:v|t)(?: [^>]*)?>([^<]*)<|\br=\"([^\"]*)\"|\bt=\"([^\"]*)\"|\bs=\"([^\"]*)\"", text
            )
        )
    )
    group = next(number for number in range(1, 5) if found[number] is not None)
    other = {
        1: rng.choice(["45000.5", "1e400", "-1", "999999", "NaN", *NASTY]),
        2: rng.choice(["A1", "ZZ9", "XFD1048576", "", "1"]),
    }.get(group, rng.choice(["s", "str", "b", "e", "d", "n", "inlineStr", "14", "x"]))
    other = other.replace("&", "&amp;").replace("<", "&lt;").replace('"', "")
    return encoded(text[: found.start(group)] + other + text[found.end(group) :])


def deflated(data: bytes, rng: random.Random) -> bytes:
    """Change the XML inside compressed data."""
    inner = tags(zlib.decompress(data, -15), rng)
    packer = zlib.compressobj(9, zlib.DEFLATED, rng.choice((-15, 15, 31)))
    return packer.compress(inner) + packer.flush()


BYTES: tuple[Mutator, ...] = (flip, truncate, splice, recode)
FORMS: dict[str, tuple[Mutator, ...]] = {
    ".csv": (cells, cells, cells, text_lines),
    ".json": (values, values, values, text_lines),
    ".jsonl": (value_lines, value_lines, value_lines, text_lines),
    ".xml": (tags,),
    ".html": (tags,),
    ".srt": (clocks, text_lines),
    ".ass": (clocks, text_lines),
    ".db": (database,),
    ".xlsx": (members,),
    ".deflate": (deflated,),
}
