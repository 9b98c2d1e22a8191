"""A sample campaign as the files people have, byte for byte the same each time."""

from __future__ import annotations

from longtake.simulate.campaign import feature_campaign, short_campaign
from longtake.simulate.exports.crawled import crawled
from longtake.simulate.exports.listed import danmaku, hot_lists, short_reviews, ticket_reviews
from longtake.simulate.exports.settings import LATER_KINDS, settings
from longtake.simulate.exports.tabled import box_office, counts, events, searched, subtitles
from longtake.simulate.sample import Sample


def samples() -> dict[str, dict[str, bytes]]:
    """Return the files of both sample campaigns by campaign id; see :func:`exports`."""
    return {sample.campaign.id: exports(sample) for sample in (short_campaign(), feature_campaign())}


def exports(sample: Sample) -> dict[str, bytes]:
    """Return every file of a sample campaign by relative name, sorted.

    Comments appear in exactly one file each; events stand either in ``campaign.toml`` or, where an agency
    would keep them, in ``events.csv``.

    Args:
        sample: The campaign.

    Returns:
        File name, relative and with forward slashes, to content: ``campaign.toml``, subtitles (SRT),
        ``weibo/search.csv`` (21 columns), MediaCrawler files of Weibo, Douyin, Xiaohongshu and Bilibili,
        danmaku XML, Douban short reviews (HTML), Maoyan reviews (JSON), hourly hot lists (JSON), and the
        templates ``counts.csv``, ``events.csv`` and ``boxoffice.csv``. Files without rows are left out.
    """
    files = {
        "campaign.toml": settings(sample.campaign),
        **subtitles(sample.cues),
        **searched(sample.comments),
        **crawled(sample.comments),
        **danmaku(sample.comments),
        **short_reviews(sample.comments),
        **ticket_reviews(sample.comments),
        **hot_lists(sample.hotlist),
        **counts(sample.observations),
        **events([event for event in sample.campaign.events if event.kind in LATER_KINDS]),
        **box_office(sample.boxoffice),
    }
    return dict(sorted(files.items()))
