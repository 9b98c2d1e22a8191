"""Bluesky posts as its public API answers them."""

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
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import count
from longtake.ingest.western.fields import inner, language, many, number_of, text_of

KNOWN = frozenset({
    "uri", "cid", "author", "record", "embed", "bookmarkCount", "replyCount", "repostCount", "likeCount",
    "quoteCount", "indexedAt", "viewer", "labels", "threadgate", "debug", "$type",
})  # fmt: skip
_MARKS = ("uri", "record", "likeCount", "repostCount")
_LISTS = ("feed", "posts", "thread")


@dataclass(frozen=True, slots=True)
class BlueskyReader:
    """Reads a postView, an array of them, ``feed``, ``posts`` or a ``thread`` with its replies."""

    name: str = "bluesky-post"
    about: str = "Bluesky posts, feeds and threads, the API's JSON saved as a file."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is Bluesky's, in [0, 1]."""
        if head.form not in {"json", "jsonl"}:
            return 0.0
        seen = set(head.columns) | set(head.record)
        if seen >= set(_MARKS):
            return 0.95
        nested = seen & {*_LISTS, "post"}
        return 0.9 if nested and "at://" in head.text and '"likeCount"' in head.text else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Comment or one refusal a post, in file order, replies under their post."""
        first = True
        for line, post in enumerate(_posts(path, context.head), 1):
            if not isinstance(post, dict):
                yield Unfit("*", post, "a post that is still there").refused(line)
                continue
            if first:
                yield from strangers(post, KNOWN)
                first = False
            try:
                yield _comment(post, line, context)
            except Unfit as unfit:
                yield unfit.refused(line)


def _posts(path: Path, head: Head) -> Iterator[object]:
    """Yield post views; anything else (a deleted or blocked post) as it stands in one word."""
    if head.form == "jsonl":
        waiting: list[object] = [None if isinstance(one, Refused) else one for _, one in lines(path, head)]
    else:
        waiting = [document(path, head)]
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif not isinstance(node, dict):
            yield str(node)
        elif "record" in node:
            yield node
        elif any(isinstance(node.get(key), (dict, list)) for key in _LISTS):
            waiting.extend(node[key] for key in reversed(_LISTS) if isinstance(node.get(key), (dict, list)))
        elif isinstance(node.get("post"), dict):
            waiting.extend(reversed(many(node, "replies")))
            waiting.append(node["post"])
        else:
            yield text_of(node, "$type") or text_of(node, "uri")


def _comment(post: Mapping[str, object], line: int, context: Context) -> Comment:
    record = inner(post, "record")
    text = needed(text_of(record, "text"), "record.text", "a post with words")
    author = text_of(inner(post, "author"), "did") or text_of(inner(post, "author"), "handle")
    parent = text_of(inner(inner(record, "reply"), "parent"), "uri")
    raw = text_of(record, "createdAt") or text_of(post, "indexedAt")
    when = fit(lambda value: moment(value, observed_at=None), raw, "record.createdAt")
    langs = [lang for lang in many(record, "langs") if isinstance(lang, str) and lang]
    return Comment(
        needed(text_of(post, "uri"), "uri", "the address of the post"),
        "bluesky", "reply" if parent else "post", text, line,
        at=when.low, at_end=when.high, at_precision=when.precision,
        author=context.pseudonym("bluesky", author) if author else None,
        parent_id=parent or None, lang=language(langs[0]) if langs else None,
        likes=fit(count, number_of(post, "likeCount"), "likeCount"),
        replies=fit(count, number_of(post, "replyCount"), "replyCount"),
        shares=fit(count, number_of(post, "repostCount"), "repostCount"),
        topics=hashtags(text), observed_at=instant(observed(context)),
    )  # fmt: skip


READER = BlueskyReader()
