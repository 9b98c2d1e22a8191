"""Short reviews of one film on Douban, from saved pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.formats.htmlfile import events
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.markup import Token
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import count, ident
from longtake.ingest.values.region import region

_PERSON = re.compile(r"douban\.com/people/([^/?#]+)")
_FILM = re.compile(r"movie\.douban\.com/subject/(\d+)")
_STARS = re.compile(r"\ballstar([1-5][05])\b")
_CAUGHT = {"votes": "votes", "comment-location": "region", "short": "short", "full": "full"}


@dataclass(slots=True)
class _Item:
    """One review while its tags pass by."""

    number: int
    cid: str
    found: dict[str, str] = field(default_factory=dict)
    stars: float | None = None
    words: dict[str, list[str]] = field(default_factory=dict)
    catching: str = ""

    def take(self, token: Token) -> None:
        """Take in one tag or text of the review."""
        if token.kind == "text":
            if self.catching:
                self.words.setdefault(self.catching, []).append(token.text)
        elif token.kind == "end":
            self.catching = "" if token.name == "span" else self.catching
        elif token.name == "a":
            person = _PERSON.search(token.attributes.get("href", ""))
            if person and "author" not in self.found:
                self.found["author"] = person[1]
        elif token.name == "br" and self.catching:
            self.words.setdefault(self.catching, []).append("\n")
        elif token.name == "span":
            self._span(token)

    def _span(self, token: Token) -> None:
        classes = token.attributes.get("class", "")
        if stars := _STARS.search(classes):
            self.stars = int(stars[1]) / 10
        names = classes.split()
        if "comment-time" in names:
            self.found["at"] = token.attributes.get("title", "")
            self.catching = "time"
        else:
            self.catching = next((_CAUGHT[name] for name in names if name in _CAUGHT), "")

    def text(self, name: str) -> str:
        """Return the words caught under a name."""
        return "".join(self.words.get(name, ())).strip()


@dataclass(frozen=True, slots=True)
class DoubanReader:
    """Reads the short reviews of one or many saved pages in one file.

    看过 is the author's own word, not a ticket, so ``verified_viewer`` stays unknown.
    """

    name: str = "douban-comments"
    about: str = "Douban's pages of short reviews (短评), saved from a browser as HTML."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is such a page, in [0, 1]."""
        if head.form not in {"html", "text", "xml"}:
            return 0.0
        if "comment-item" in head.text and "data-cid" in head.text:
            return 0.95
        return 0.7 if "movie.douban.com" in head.text and "短评" in head.text else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Comment or one refusal a review, in file order.

        Raises:
            HostileFileError: The file is larger than 32 MB.
            UnreadableFileError: The encoding breaks.
        """
        film: str | None = None
        item: _Item | None = None
        number = 0
        for _, token in events(path, context.head):
            if token.kind == "start":
                if token.name in {"a", "link", "meta"}:
                    address = token.attributes.get("href") or token.attributes.get("content") or ""
                    subject = _FILM.search(address)
                    film = film or (subject[1] if subject else None)
                if "comment-item" in token.attributes.get("class", "").split():
                    if item is not None:
                        yield _row(item, film, context)
                    number += 1
                    item = _Item(number, token.attributes.get("data-cid", ""))
                    continue
            if item is not None:
                item.take(token)
        if item is not None:
            yield _row(item, film, context)


def _row(item: _Item, film: str | None, context: Context) -> Item:
    try:
        text = needed(item.text("full") or item.text("short"), ".short", "what was written")
        cid = needed(fit(ident, item.cid, "data-cid") or "", "data-cid", "the id of the review")
        taken = instant(observed(context))
        when = fit(
            lambda raw: moment(raw, observed_at=taken),
            item.found.get("at") or item.text("time"),
            ".comment-time",
        )
        author = item.found.get("author")
        return Comment(
            cid, "douban", "review", text, item.number,
            at=when.low, at_end=when.high, at_precision=when.precision,
            author=context.pseudonym("douban", author) if author else None,
            node_id=film, likes=fit(count, item.text("votes"), ".votes"), rating=item.stars,
            region=region(item.text("region")), topics=hashtags(text), observed_at=taken,
        )  # fmt: skip
    except Unfit as unfit:
        return unfit.refused(item.number)


READER = DoubanReader()
