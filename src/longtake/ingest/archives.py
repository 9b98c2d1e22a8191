"""Files behind what a person names: folders and zip archives, opened without trusting them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from longtake.errors import HostileFileError, LongtakeError, NotFoundError, UnreadableFileError
from longtake.ingest.formats.guards.container import NESTED, checked

STEP = 1 << 20
SKIPPED = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
LEGACY_NAMES = "cp437"


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read.

    Attributes:
        path: Where its bytes lie; inside the scratch folder for a member of an archive.
        shown: How to name it to a person: the path as given, or ``archive.zip!/member``.
        name: Its own name, which may carry a date or a keyword.
    """

    path: Path
    shown: str
    name: str


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One file, folder or archive that cannot be opened; the others still can.

    Attributes:
        shown: How to name it to a person.
        error: Why.
    """

    shown: str
    error: LongtakeError


def expand(paths: Sequence[Path], scratch: Path) -> Iterator[Found | FileProblem]:
    """Yield every file behind the paths, in the order given, folders and archives by sorted names.

    Hidden files and ``__MACOSX`` are left out. A symbolic link that leads out of
    the folder it lies in is a problem, and so is an archive inside an archive.

    Args:
        paths: Files, folders and zip archives.
        scratch: An existing empty folder for the members of archives; whoever made it deletes it.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder(path, scratch)
        elif path.is_file():
            yield from _file(path, str(path), scratch)
        else:
            yield FileProblem(str(path), NotFoundError("file or folder", str(path)))


def _folder(folder: Path, scratch: Path) -> Iterator[Found | FileProblem]:
    root = folder.resolve()
    for path in sorted(folder.iterdir()):
        if _skipped(path.name):
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            reason = "a link that leads out of the folder"
            yield FileProblem(str(path), UnreadableFileError(path, reason, fix="Give the file itself."))
        elif path.is_dir():
            if not path.is_symlink():
                yield from _folder(path, scratch)
        elif path.is_file():
            yield from _file(path, str(path), scratch)


def _skipped(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in SKIPPED


def _file(path: Path, shown: str, scratch: Path) -> Iterator[Found | FileProblem]:
    try:
        with path.open("rb") as file:
            zipped = file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
        archive = zipped and not _document(path)
    except OSError as error:
        yield FileProblem(
            shown, UnreadableFileError(path, error.strerror or "cannot be opened", fix="Check it.")
        )
        return
    if archive:
        yield from _archive(path, shown, scratch)
    else:
        yield Found(path, shown, path.name)


def _document(path: Path) -> bool:
    """Whether a zip container is an office document, which its reader opens itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.NameToInfo or "xl/workbook.xml" in archive.NameToInfo
    except (zipfile.BadZipFile, ValueError, NotImplementedError, IndexError):
        return path.suffix.lower() in {".xlsx", ".xlsm", ".docx", ".pptx"}


def _archive(path: Path, shown: str, scratch: Path) -> Iterator[Found | FileProblem]:
    try:
        members = checked(path)
        nested = [member.filename for member in members if member.filename.lower().endswith(NESTED)]
        if nested:
            raise HostileFileError(path, f"member {nested[0][:80]!r} is an archive itself")
    except LongtakeError as error:
        yield FileProblem(shown, error)
        return
    target = (
        scratch / blake2b(str(path.resolve()).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    )
    with zipfile.ZipFile(path) as archive:
        for number, member in enumerate(sorted(members, key=_name)):
            name = _name(member)
            if any(_skipped(part) for part in name.split("/")):
                continue
            inside = f"{shown}!/{name}"
            last = name.rsplit("/", 1)[-1]
            place = target / str(number) / _safe(last)
            try:
                _extract(archive, member, place, inside)
            except LongtakeError as error:
                yield FileProblem(inside, error)
            else:
                yield Found(place, inside, last)


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; Chinese Windows writes GBK where the format promises code page 437."""
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 0x800 or name.isascii():
        return name
    try:
        return name.encode(LEGACY_NAMES).decode("gb18030")
    except UnicodeError:
        return name


def _safe(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    kept = f"{stem[:60]}{dot}{suffix[-12:]}" if dot else name[:60]
    cleaned = "".join(
        letter if letter.isprintable() and letter not in '/\\:*?"<>|' else "_" for letter in kept
    )
    return cleaned.encode("utf-8", "replace").decode() or "member"


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path, inside: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    total = 0
    try:
        with archive.open(member) as source, place.open("wb") as file:
            while piece := source.read(STEP):
                total += len(piece)
                if total > member.file_size:
                    raise HostileFileError(inside, "longer than the archive says")
                file.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise UnreadableFileError(inside, "damaged inside its archive") from error
    except OSError as error:
        raise UnreadableFileError(
            inside, error.strerror or "cannot be unpacked", fix="Free some space."
        ) from error
    with place.open("rb") as file:
        if file.read(4) == b"PK\x03\x04" and not _document(place):
            raise HostileFileError(inside, "an archive inside an archive")
