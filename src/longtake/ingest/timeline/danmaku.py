"""Bilibili's danmaku of one part of a video, as XML."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Notice
from longtake.domain.timed.moment import Precision
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.formats.deflate import inflated
from longtake.ingest.formats.xmlfile import elements
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.moment import epoch
from longtake.ingest.values.number import ident

_ENTRY = re.compile(r'<d p="[\d.]+,\d+,')
_CHAT = re.compile(r"<chatid>\s*(\d{1,20})\s*</chatid>")
_POOL = re.compile(r"<maxlimit>\s*(\d{1,9})\s*</maxlimit>")
_CODE = frozenset({7, 8, 9})
_DAY_MS = 86_400_000
_SHAPE = "8 or 9 values: time,mode,size,color,send_ts,pool,mid_crc32,dmid[,level]"


@dataclass(frozen=True, slots=True)
class DanmakuReader:
    """Reads ``<d p="...">`` of a danmaku pool, plain or deflated.

    The pool keeps the latest 500 to 8000 entries, so a file is a sample, never a census. Format:
    SocialSisterYi, bilibili-API-collect, docs/danmaku/danmaku_xml.md, commit 7d89ece.
    """

    name: str = "bilibili-danmaku"
    about: str = "Danmaku of a Bilibili video: comment.bilibili.com/CID.xml, plain or compressed."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is a danmaku pool, in [0, 1]."""
        if head.form not in {"xml", "deflate"}:
            return 0.0
        if _ENTRY.search(head.text):
            return 0.98
        return 0.9 if "<chatid>" in head.text and "<maxlimit>" in head.text else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Comment or one refusal an entry, in file order.

        Raises:
            HostileFileError: The file inflates without bound, or declares a document type.
            UnreadableFileError: The file is damaged.
        """
        pool = _POOL.search(context.head.text)
        yield Notice("sample", (f"pool of {pool[1]}" if pool else "pool of unknown size",))
        chat = _CHAT.search(context.head.text)
        node = chat[1] if chat and chat[1] != "0" else None
        source = inflated(path) if context.head.form == "deflate" else path
        taken = instant(observed(context))
        for line, attributes, text in elements(source, "d", name=path.name):
            try:
                yield _comment(attributes.get("p", ""), text, line, context, node=node, taken=taken)
            except Unfit as unfit:
                yield unfit.refused(line)


def _comment(
    p: str, raw: str, line: int, context: Context, *, node: str | None, taken: datetime | None
) -> Comment:
    values = p.split(",")
    if len(values) not in {8, 9}:
        raise Unfit("p", p, _SHAPE)
    if not values[1].isdecimal() or not 1 <= int(values[1]) <= 9 or int(values[1]) in _CODE:
        raise Unfit("mode", values[1], "a danmaku of text (mode 1-6)")
    try:
        at_ms = float(values[0]) * 1000
    except ValueError:
        raise Unfit("time", values[0], "seconds from the start of the video") from None
    if not math.isfinite(at_ms) or not 0 <= at_ms < _DAY_MS:
        raise Unfit("time", values[0], "seconds from the start of the video")
    text = needed(raw, "d", "a danmaku with words")
    sent = fit(epoch, values[4], "send_ts")
    dmid = needed(fit(ident, values[7], "dmid") or "", "dmid", "the id of the danmaku")
    return Comment(
        dmid, "bilibili", "danmaku", text, line,
        at=sent, at_end=sent + timedelta(seconds=1) if sent else None,
        at_precision=Precision.SECOND if sent else Precision.UNKNOWN,
        author=context.pseudonym("bilibili", f"crc32:{values[6]}") if values[6] else None,
        node_id=node, film_ms=round(at_ms), topics=hashtags(text), observed_at=taken,
    )  # fmt: skip


READER = DanmakuReader()
