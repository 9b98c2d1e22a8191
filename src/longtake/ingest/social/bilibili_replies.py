"""Bilibili comment pages as the site's own interface returns them; the only form with a region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Notice, Refused
from longtake.ingest.cells import Unfit, fit
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.social.fields import identifier, parent, person, place, tally, topics, when, words
from longtake.ingest.social.records import Numbering, child, flat, units

_PLATFORM = "bilibili"
_PAGES = frozenset({"rpid", "data", "upper", "top", "top_replies", "hots", "replies"})
_VERIFIED = {"-1": "audience", "0": "kol", "1": "official"}
_READ = frozenset(
    {"rpid", "rpid_str", "oid", "parent", "ctime", "like", "rcount", "mid", "member", "content", "replies"}
)
_DROPPED = frozenset(
    {
        "action", "assist", "attr", "card_label", "count", "dialog", "dialog_str", "dynamic_id_str",
        "fansgrade", "floor", "folder", "invisible", "mid_str", "note_cvid", "note_cvid_str", "oid_str",
        "parent_str", "reply_control", "root", "root_str", "show_follow", "state", "track_info", "type",
        "up_action", "unread",
    }
)  # fmt: skip


class BilibiliReplies:
    """Reads pages, lists of pages, or single replies, one a line."""

    name = "bilibili-replies"
    about = "Bilibili comment pages (x/v2/reply) saved as JSON or JSON Lines, with nested replies and region"

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure the reader is, by the keys of the first record."""
        if head.form not in {"json", "jsonl"}:
            return 0.0
        keys = set(head.columns) | set(head.record)
        if {"rpid", "oid", "content"} <= keys:
            return 0.95
        return 0.9 if '"rpid"' in head.text and '"replies"' in head.text and '"ctime"' in head.text else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield a comment or a refusal for each reply, parents before their children, in file order."""
        numbering, seen, strange = Numbering(), instant(observed(context)), set[str]()
        for line, unit in units(path, context.head):
            if isinstance(unit, Refused):
                yield replace(unit, line=numbering.next(line))
                continue
            if not unit.keys() & _PAGES:
                yield Refused(numbering.next(line), "*", ",".join(unit)[:80], "a reply, or a page of replies")
            for reply in _replies(unit):
                number = numbering.next(line)
                strange.update(reply.keys() - _READ - _DROPPED)
                yield _row(reply, number, seen, context)
        if strange:
            yield Notice("unknown_columns", tuple(sorted(strange)))


def _replies(unit: object) -> Iterator[Mapping[str, object]]:
    if isinstance(unit, list):
        for one in unit:
            yield from _replies(one)
    elif isinstance(unit, dict):
        if "rpid" in unit:
            yield unit
            yield from _replies(unit.get("replies"))
            return
        for key, value in unit.items():
            if key in _PAGES:
                yield from _replies(value)


def _row(
    reply: Mapping[str, object], line: int, seen: datetime | None, context: Context
) -> Comment | Refused:
    try:
        return _comment(reply, line, seen, context)
    except Unfit as unfit:
        return unfit.refused(line)


def _comment(reply: Mapping[str, object], line: int, seen: datetime | None, context: Context) -> Comment:
    member = child(reply, "member")
    own = fit(identifier, flat(reply, "rpid") or flat(reply, "rpid_str"), "rpid")
    if own is None:
        raise Unfit("rpid", "", "the id of the reply")
    low, high, precision = fit(lambda raw: when(raw, seen), flat(reply, "ctime"), "ctime")
    answered = fit(lambda raw: parent(raw, own), flat(reply, "parent"), "parent")
    author = person(flat(reply, "mid") or flat(member, "mid")) or person(flat(member, "uname"))
    text = words(flat(child(reply, "content"), "message"), escaped=True)
    return Comment(
        own,
        _PLATFORM,
        "comment" if answered is None else "reply",
        text,
        line,
        at=low,
        at_end=high,
        at_precision=precision,
        author=context.pseudonym(_PLATFORM, author) if author else None,
        author_kind=_VERIFIED.get(flat(child(member, "official_verify"), "type")),
        node_id=fit(identifier, flat(reply, "oid"), "oid"),
        parent_id=answered,
        likes=fit(tally, flat(reply, "like"), "like"),
        replies=fit(tally, flat(reply, "rcount"), "rcount"),
        region=place(flat(child(reply, "reply_control"), "location")),
        topics=topics(text),
        observed_at=seen,
    )
