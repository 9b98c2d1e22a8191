"""What each platform's forms look like: length, tags, hook, picture, frame of a script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, Said, entries

KINDS = ("text", "video")
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Form:
    """One form on one platform; a span is ``(least, most)`` and None where nothing is asked.

    Attributes:
        key: Its name, such as ``douyin-short``.
        platform: Where it lives.
        kind: text or video.
        name: What people call it.
        title: Characters of the title.
        chars: Characters of the text or caption.
        paragraph: Most characters of one paragraph; None for no limit.
        seconds: Length of the video.
        tags: How many topics.
        hook_seconds: In how many seconds the hook must have come; None for texts.
        hook_chars: In how many characters it must have come.
        ratios: Ratios of the picture, the best first, such as ``9:16``.
        frame: Script frame or order of paragraphs.
        pack: Name and date of its pack.
        source: Where its numbers come from.
    """

    key: str
    platform: str
    kind: str
    name: Said
    title: Span | None
    chars: Span | None
    paragraph: float | None
    seconds: Span | None
    tags: Span | None
    hook_seconds: float | None
    hook_chars: float | None
    ratios: tuple[str, ...]
    frame: tuple[Said, ...]
    pack: str
    source: Said


def forms(folders: Iterable[Path] = ()) -> dict[str, Form]:
    """Return the forms by key; those of ``folders`` replace the packaged ones.

    Raises:
        PlaybookError: A pack cannot be used.

    Examples:
        >>> forms()["douyin-short"].ratios
        ('9:16',)
    """
    return entries("form", _made, folders)


def _made(entry: Entry) -> Form:
    return Form(
        key=entry.key,
        platform=entry.get("platform", str),
        kind=entry.one_of("kind", KINDS),
        name=entry.said("name"),
        title=entry.span("title"),
        chars=entry.span("chars"),
        paragraph=entry.number("paragraph"),
        seconds=entry.span("seconds"),
        tags=entry.span("tags"),
        hook_seconds=entry.number("hook_seconds"),
        hook_chars=entry.number("hook_chars"),
        ratios=entry.texts("ratios"),
        frame=entry.sayings("frame"),
        pack=entry.pack,
        source=entry.source,
    )
