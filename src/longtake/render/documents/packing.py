"""Zip files that are the same bytes whenever they are written."""

from __future__ import annotations

import io
import zipfile

EPOCH = (2000, 1, 1, 0, 0, 0)
FIRST = "[Content_Types].xml"


def fixed(archive: bytes) -> bytes:
    """Return a zip file with its members in a fixed order and the times of writing taken out.

    Examples:
        >>> out = io.BytesIO()
        >>> with zipfile.ZipFile(out, "w") as made:
        ...     made.writestr("b", b"2")
        ...     made.writestr("a", b"1")
        >>> found = zipfile.ZipFile(io.BytesIO(fixed(out.getvalue()))).infolist()
        >>> [(member.filename, member.date_time[0]) for member in found]
        [('a', 2000), ('b', 2000)]
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in sorted(read.namelist(), key=lambda name: (name != FIRST, name)):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            made.writestr(member, read.read(name))
    return out.getvalue()
