"""Mentions exported from Meltwater."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.observation import Observation
from longtake.domain.receipt import Item
from longtake.ingest.cells import Unfit, fit, strangers
from longtake.ingest.formats.table import table, wrong_width
from longtake.ingest.head import Head
from longtake.ingest.identity import content_id
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import ident, number
from longtake.ingest.values.region import region
from longtake.ingest.values.text import clean

KNOWN = frozenset({
    "Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Source", "Influencer", "Country", "Subregion",
    "Language", "Reach", "Desktop Reach", "Mobile Reach", "Twitter Social Echo", "Facebook Social Echo",
    "Reddit Social Echo", "National Viewership", "Engagement", "AVE", "Sentiment", "Key Phrases",
    "Input Name", "Keywords", "Twitter Authority", "Tweet Id", "Twitter Id", "Twitter Client",
    "Twitter Screen Name", "Twitter User Profile Url", "Twitter Bio", "Twitter Followers",
    "Twitter Following", "Alternate Date Format", "Time", "State", "City", "Body", "Document Tags", "Hashtag",
    "type",
})  # fmt: skip
_REQUIRED = frozenset({"Date", "Headline", "URL", "Hit Sentence", "Reach"})
_TEXT = ("Hit Sentence", "Opening Text", "Headline", "Body")
_AUTHOR = ("Twitter Id", "Twitter Screen Name", "Influencer")
_PLATFORMS = ("twitter", "facebook", "reddit", "youtube", "instagram", "tiktok", "weibo")
_METRICS = (("Reach", "reach", "score"), ("Engagement", "engagement", "cumulative"))
_LANGUAGES = {
    "english": "en", "chinese": "zh", "simplified chinese": "zh", "traditional chinese": "zh",
    "japanese": "ja", "korean": "ko", "french": "fr", "german": "de", "spanish": "es", "portuguese": "pt",
    "italian": "it", "russian": "ru", "thai": "th", "indonesian": "id", "vietnamese": "vi", "malay": "ms",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeltwaterReader:
    """Reads one mention a row: its words, and its reach and engagement.

    The export names no time zone; its times are taken as Beijing's, like every time without an offset.
    """

    name: str = "meltwater"
    about: str = "Mentions exported from Meltwater as CSV or XLSX."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is Meltwater's, in [0, 1]."""
        return 0.95 if head.form in {"csv", "xlsx", "xls"} and set(head.columns) >= _REQUIRED else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield a Comment and up to two Observations, or one refusal, a row, in file order."""
        headers = context.head.columns
        yield from strangers(headers, KNOWN)
        for line, cells in table(path, context.head):
            if len(cells) != len(headers):
                yield wrong_width(line, cells, len(headers))
                continue
            try:
                yield from _rows(dict(zip(headers, cells, strict=True)), line, context)
            except Unfit as unfit:
                yield unfit.refused(line)


def _first(fields: Mapping[str, str], *columns: str) -> str:
    return next((fields[column].strip() for column in columns if fields.get(column, "").strip()), "")


def _when(fields: Mapping[str, str]) -> str:
    day, clock = fields.get("Date", "").strip(), fields.get("Time", "").strip()
    return f"{day} {clock}".strip() if clock and ":" not in day else day


def _rows(fields: Mapping[str, str], line: int, context: Context) -> list[Comment | Observation]:
    text = clean(_first(fields, *_TEXT))
    if not text:
        raise Unfit("Hit Sentence", "", "the words of the mention")
    source = _first(fields, "Source").casefold()
    platform = next((name for name in _PLATFORMS if source.startswith(name)), "other")
    address = _first(fields, "URL")
    author = _first(fields, *_AUTHOR)
    own = fit(ident, fields.get("Tweet Id", "").strip('"'), "Tweet Id")
    mention = own or content_id(platform, address or text, author)
    seen = observed(context)
    taken = instant(seen)
    when = fit(lambda raw: moment(raw, observed_at=taken), _when(fields), "Date")
    rows: list[Comment | Observation] = [
        Comment(
            mention, platform, "post", text, line,
            at=when.low, at_end=when.high, at_precision=when.precision,
            author=context.pseudonym(platform, author) if author else None,
            lang=_LANGUAGES.get(_first(fields, "Language").casefold()),
            region=region(_first(fields, "City", "State", "Country")),
            topics=hashtags(text), observed_at=taken,
        )
    ]  # fmt: skip
    subject = clean(_first(fields, "Headline", "URL")) or text[:80]
    for column, metric, kind in _METRICS:
        found = fit(number, fields.get(column, ""), column)
        if found.value is not None and found.value >= 0:
            rows.append(
                Observation(
                    subject, "node", platform, metric, found.value, kind, line, seen.low, seen.high,
                    seen.precision, censored=found.censored, subject_at=when.low, node_id=mention,
                    observed_at=taken,
                )
            )  # fmt: skip
    return rows


READER = MeltwaterReader()
