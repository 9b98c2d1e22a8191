"""Mappings as files, and the name under which a header is remembered."""

from __future__ import annotations

import collections.abc
import json
import tomllib
from hashlib import blake2b
from pathlib import Path

from longtake.errors import CampaignFileError, UnreadableFileError
from longtake.ingest.mapping.plan import FIELDS, VALUE, Mapping

SIZE_LIMIT = 1 << 16


def header_key(columns: collections.abc.Sequence[str]) -> str:
    """Return 16 hexadecimal digits that stand for a header, whatever the order of its columns.

    Examples:
        >>> header_key(("标题", "播放量")) == header_key((" 播放量", "标题", "")) != header_key(("标题",))
        True
    """
    names = sorted({column.strip().casefold() for column in columns} - {""})
    return blake2b("\n".join(names).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def dump(mapping: Mapping) -> str:
    """Return a mapping as TOML text, its keys sorted.

    Examples:
        >>> print(dump(Mapping("counts", {"value:plays": "播放量"}, {"platform": "weibo"})), end="")
        kind = "counts"
        <BLANKLINE>
        [columns]
        "value:plays" = "播放量"
        <BLANKLINE>
        [constants]
        "platform" = "weibo"
    """
    lines = [f"kind = {_quoted(mapping.kind)}"]
    for title, pairs in (("columns", mapping.columns), ("constants", mapping.constants)):
        lines += ["", f"[{title}]", *(f"{_quoted(key)} = {_quoted(pairs[key])}" for key in sorted(pairs))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a TOML basic string, whose escapes are JSON's and U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def load(path: Path) -> Mapping:
    """Return the mapping a TOML file holds.

    Raises:
        UnreadableFileError: The file is no TOML text.
        CampaignFileError: A value in it cannot be used; its key is named.
    """
    try:
        data = path.read_bytes()[: SIZE_LIMIT + 1]
        if len(data) > SIZE_LIMIT:
            raise UnreadableFileError(path, "longer than any mapping", fix="Run `longtake map FILE`.")
        found = tomllib.loads(data.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFileError(path, f"not a mapping ({error})", fix="Run `longtake map FILE`.") from error
    kind = found.get("kind")
    if not isinstance(kind, str) or kind not in FIELDS:
        raise _wrong(path, "kind", kind, ", ".join(FIELDS))
    for key in found:
        if key not in {"kind", "columns", "constants"}:
            raise _wrong(path, key, found[key], "nothing of this name; kind, [columns] and [constants]")
    columns = _pairs(path, found, "columns", kind)
    mapping = Mapping(kind, columns, _pairs(path, found, "constants", kind))
    if not columns:
        raise _wrong(path, "columns", "", "at least one field and its column")
    if mapping.missing:
        raise _wrong(path, f"columns.{mapping.missing[0]}", None, "a column, or a value under [constants]")
    return mapping


def _pairs(path: Path, found: dict[str, object], title: str, kind: str) -> dict[str, str]:
    section = found.get(title, {})
    if not isinstance(section, dict):
        raise _wrong(path, title, section, f"a table of fields: {', '.join(FIELDS[kind])}")
    pairs: dict[str, str] = {}
    for name, value in section.items():
        metric = kind == "counts" and title == "columns" and name.startswith(VALUE) and name != VALUE
        if name not in FIELDS[kind] and not metric:
            raise _wrong(path, f"{title}.{name}", value, f"one of the fields {', '.join(FIELDS[kind])}")
        if not isinstance(value, str) or not value.strip():
            raise _wrong(path, f"{title}.{name}", value, "a text that is not empty")
        pairs[name] = value
    return pairs


def _wrong(path: Path, key: str, value: object, expected: str) -> CampaignFileError:
    return CampaignFileError(
        path.name, key=key, value="" if value is None else str(value)[:80], expected=expected
    )
