"""Kinds of assets, and the words of campaign files that mean them."""

from __future__ import annotations

KINDS = (
    "trailer",
    "clip",
    "poster",
    "interview",
    "making_of",
    "end_credit",
    "music",
    "post",
    "live",
    "challenge",
    "other_asset",
)
"""In the order a page lists them."""

SAME = {
    "teaser": "trailer",
    "behind_the_scenes": "making_of",
    "easter_egg": "end_credit",
    "official_post": "post",
    "topic": "challenge",
}
NOT_ASSETS = frozenset({"kol_brief", "screening", "preview", "premiere", "roadshow", "release", "ad"})


def kind_of(word: str, *, node: bool) -> str | None:
    """Return the kind of asset a node or an act is; None when it is none.

    A node is something put before people, so that a word nobody knows still is an asset; an act may be
    anything, so that it is one only by a known word.

    Examples:
        >>> kind_of("behind_the_scenes", node=True), kind_of("ad", node=False), kind_of("zine", node=True)
        ('making_of', None, 'other_asset')
    """
    if word in NOT_ASSETS:
        return None
    kind = SAME.get(word, word)
    if kind in KINDS:
        return kind
    return "other_asset" if node else None
