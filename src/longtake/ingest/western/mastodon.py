"""Mastodon statuses as its API answers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Refused
from longtake.ingest.cells import Unfit, fit, needed, strangers
from longtake.ingest.formats.jsonfile import document, lines
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.markup import plain
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import count
from longtake.ingest.western.fields import inner, language, number_of, text_of

_MARKS = frozenset({"created_at", "content", "reblogs_count", "favourites_count"})
KNOWN = _MARKS | {
    "id", "in_reply_to_id", "in_reply_to_account_id", "sensitive", "spoiler_text", "visibility", "language",
    "uri", "url", "replies_count", "edited_at", "favourited", "reblogged", "muted", "bookmarked", "pinned",
    "local_only", "reblog", "application", "account", "media_attachments", "mentions", "tags", "emojis",
    "card", "poll", "filtered", "text", "quote", "quotes_count", "quote_approval",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MastodonReader:
    """Reads one status, an array of them, ``{"statuses": [...]}`` or JSON Lines."""

    name: str = "mastodon-status"
    about: str = "Mastodon statuses, the API's JSON saved as a file."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is Mastodon's, in [0, 1]."""
        if head.form not in {"json", "jsonl"}:
            return 0.0
        if set(head.columns) >= _MARKS or set(head.record) >= _MARKS:
            return 0.95
        inside = "statuses" in head.record or "statuses" in head.columns
        return 0.9 if inside and all(f'"{key}"' in head.text for key in _MARKS) else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Comment or one refusal a status, in file order."""
        first = True
        for line, status in _statuses(path, context.head):
            if isinstance(status, Refused):
                yield status
                continue
            if first:
                yield from strangers(status, KNOWN)
                first = False
            try:
                yield _comment(status, line, context)
            except Unfit as unfit:
                yield unfit.refused(line)


def _statuses(path: Path, head: Head) -> Iterator[tuple[int, Mapping[str, object] | Refused]]:
    if head.form == "jsonl":
        yield from lines(path, head)
        return
    found = document(path, head)
    listed = found.get("statuses", [found]) if isinstance(found, dict) else found
    for line, status in enumerate(listed if isinstance(listed, list) else [listed], 1):
        known = isinstance(status, dict)
        yield line, status if known else Unfit("*", status, "a status object").refused(line)


def _comment(status: Mapping[str, object], line: int, context: Context) -> Comment:
    if isinstance(status.get("reblog"), dict):
        raise Unfit(
            "reblog", text_of(inner(status, "reblog"), "id"), "a status with words of its own, not a boost"
        )
    text = needed(plain(text_of(status, "content")), "content", "a status with words")
    account = inner(status, "account")
    author = text_of(account, "acct") or text_of(account, "id")
    parent = text_of(status, "in_reply_to_id")
    when = fit(lambda raw: moment(raw, observed_at=None), text_of(status, "created_at"), "created_at")
    return Comment(
        needed(text_of(status, "id"), "id", "the id of the status"),
        "mastodon", "reply" if parent else "post", text, line,
        at=when.low, at_end=when.high, at_precision=when.precision,
        author=context.pseudonym("mastodon", author) if author else None,
        parent_id=parent or None, lang=language(text_of(status, "language")),
        likes=fit(count, number_of(status, "favourites_count"), "favourites_count"),
        replies=fit(count, number_of(status, "replies_count"), "replies_count"),
        shares=fit(count, number_of(status, "reblogs_count"), "reblogs_count"),
        topics=hashtags(text), observed_at=instant(observed(context)),
    )  # fmt: skip


READER = MastodonReader()
