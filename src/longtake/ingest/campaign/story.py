"""What a campaign file says of the film's telling: card, brand, genre, parts, hashtags."""

from __future__ import annotations

from longtake.domain.campaign import Part, Story
from longtake.ingest.campaign.table import Table


def story(campaign: Table, film: Table, card: Table, brand: Table, claims: tuple[str, ...]) -> Story:
    """Return what the tables say; every key is optional.

    Args:
        campaign: ``[campaign]``: ``hashtags``.
        film: ``[film]``: ``genre``, ``usual_pace``, ``segments``.
        card: ``[card]``: ``key_words``, ``lines``, ``never``.
        brand: ``[brand]``: ``names``, ``seen``.
        claims: Texts of the ``[[claim]]`` tables.

    Raises:
        CampaignFileError: A value is of the wrong kind.
    """
    pace = film.number("usual_pace")
    if pace is not None and pace <= 0:
        raise film.wrong("usual_pace", pace, "a ratio above zero, such as 1.4")
    return Story(
        key_words=card.texts("key_words"),
        lines=card.texts("lines"),
        never=card.texts("never"),
        genre=film.text("genre"),
        usual_pace=pace,
        segments=film.tables("segments", _part),
        brand=brand.texts("names"),
        brand_seen=brand.tables("seen", _part),
        claims=claims,
        hashtags=campaign.texts("hashtags"),
    )


def claim(table: Table) -> str:
    """Return the text of one ``[[claim]]``.

    Raises:
        CampaignFileError: It has none.
    """
    return table.required("text")


def _part(table: Table) -> Part:
    start, end = table.place_ms("start"), table.place_ms("end")
    if start is None:
        raise table.wrong("start", "", 'a place in the film such as "0:02:10"')
    if end is not None and end < start:
        raise table.wrong("end", end / 1000, "a place that is not before the start")
    return Part(start, end, table.text("name") or "")
