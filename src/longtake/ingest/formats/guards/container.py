"""Zip containers, checked before anything in them is inflated."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path, PurePosixPath

from longtake.errors import HostileFileError, UnreadableFileError

MEMBER_LIMIT = 200_000
TOTAL_LIMIT = 4 << 30
RATIO_LIMIT = 200
RATIO_FLOOR = 10 << 20
DIRECTORY_LIMIT = 64 << 20
END = b"PK\x05\x06"
NESTED = (".zip", ".7z", ".rar", ".jar", ".tar", ".tgz")


def checked(path: Path, *, total_limit: int = TOTAL_LIMIT) -> tuple[zipfile.ZipInfo, ...]:
    """Return the file members of a zip container that is safe to inflate.

    Raises:
        HostileFileError: It holds more than 200,000 members or 4 GB, a member that inflates to more
            than 10 MB and 200 times its size, an encrypted member, a symbolic link, an absolute
            name or one with ``..``, or one name twice.
        UnreadableFileError: It is no zip container or is cut off.
    """
    _directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = tuple(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, IndexError) as error:
        raise UnreadableFileError(path, "not a whole zip container") from error
    if len(members) > MEMBER_LIMIT:
        raise HostileFileError(path, f"more than {MEMBER_LIMIT} members")
    if sum(member.file_size for member in members) > total_limit:
        raise HostileFileError(path, f"inflates to more than {total_limit >> 20} MB")
    names: set[str] = set()
    for member in members:
        reason = _reason(member)
        folded = member.filename.rstrip("/").casefold()
        if reason is None and folded in names:
            reason = "stands in it twice"
        if reason is not None:
            raise HostileFileError(path, f"member {member.filename[:80]!r} {reason}")
        names.add(folded)
    return tuple(member for member in members if not member.is_dir())


def _directory(path: Path) -> None:
    """Refuse a directory so long that listing it would cost too much, from the last record alone."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65557))
        tail = file.read(65557)
    place = tail.rfind(END)
    if place < 0 or len(tail) < place + 22:
        raise UnreadableFileError(path, "not a whole zip container")
    entries = int.from_bytes(tail[place + 10 : place + 12], "little")
    length = int.from_bytes(tail[place + 12 : place + 16], "little")
    if tail[:place].rfind(b"PK\x06\x06") >= 0:
        wide = tail.rfind(b"PK\x06\x06", 0, place)
        entries = int.from_bytes(tail[wide + 32 : wide + 40], "little")
        length = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    if entries > MEMBER_LIMIT or length > DIRECTORY_LIMIT:
        raise HostileFileError(path, f"more than {MEMBER_LIMIT} members")


def _reason(member: zipfile.ZipInfo) -> str | None:
    name = member.filename.replace("\\", "/")
    mode = member.external_attr >> 16
    if member.flag_bits & 0x1:
        return "is encrypted"
    if stat.S_ISLNK(mode):
        return "is a symbolic link"
    if name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts or "\x00" in name:
        return "names a place outside"
    if len(name.encode("utf-8", "surrogatepass")) > 1024:
        return "has a name of more than 1024 bytes"
    if member.file_size > RATIO_FLOOR and member.file_size > RATIO_LIMIT * max(1, member.compress_size):
        return "inflates to more than 200 times its size"
    return None
