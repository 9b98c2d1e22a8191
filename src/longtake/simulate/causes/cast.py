"""Who and what is in an invented film, and the circles that are to see it."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance
from longtake.simulate.causes.words.vocabulary import SLOT, Words

REGIONS = (
    *("广东", "江苏", "浙江", "上海", "北京", "四川", "山东", "河南", "湖北", "湖南", "福建", "陕西"),
    *("重庆", "辽宁", "安徽", "河北", "江西", "广西", "云南", "天津", "贵州", "山西", "黑龙江", "吉林"),
)
RULES = {"keywords": 0.5, "platforms": 0.3, "regions": 0.2}


@dataclass(frozen=True, slots=True)
class Crowd:
    """An audience circle as it is.

    Attributes:
        name: What the campaign calls it.
        planned: Whether the campaign aimed at it; the last circle of a cast is nobody's plan.
        by: keywords, platforms or regions: the rule by which a person would tell it.
        keywords: Words its people use.
        opens: How they begin; each holds a keyword.
        platform: Where most of them talk; None for anywhere.
        regions: Where they live.
        side: 1 where it likes what others dislike, -1 the other way.
    """

    name: str
    planned: bool
    by: str
    keywords: tuple[str, ...]
    opens: tuple[str, ...]
    platform: str | None
    regions: tuple[str, ...]
    side: int


@dataclass(frozen=True, slots=True)
class Cast:
    """What viewers and subtitles speak of.

    Attributes:
        title: The film's name.
        people: Names, the central two first.
        places: Where it plays.
        things: What it shows.
        golden: Lines worth quoting.
        genre: What kind of film it is.
        promised: What kind of film those who feel sold another one had hoped for.
        sold: What kind of film its trailer sells.
        brand: Who paid, for a short.
        rivals: Films of the same weeks, with title marks.
        crowds: Planned circles, then strangers.
    """

    title: str
    people: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]
    golden: tuple[str, ...]
    genre: str
    promised: str
    sold: str
    brand: str
    rivals: tuple[str, ...]
    crowds: tuple[Crowd, ...]


def cast(luck: Luck, drawn: Nuisance, spoken: Words, *, sold: str) -> Cast:
    """Draw a film's people, places, things and circles.

    Args:
        luck: Source of chance.
        drawn: What no cause decides.
        spoken: The set of words.
        sold: Genre of the trailer.
    """
    film = spoken.film
    places, things = luck.some(film["place"], 4), luck.some(film["thing"], 4)
    shape = luck.pick(film["title"])
    named = {"place": places[0], "noun": luck.pick(film["noun"])}
    return Cast(
        title=SLOT.sub(lambda slot: named[slot[1]], shape),
        people=tuple(luck.some(film["names"], max(4, drawn.characters))),
        places=tuple(places),
        things=tuple(things),
        golden=tuple(luck.some(spoken.lines["golden"], 5)),
        genre=drawn.genre,
        promised=drawn.other_genre,
        sold=sold,
        brand=luck.pick(film["brand"]),
        rivals=tuple(luck.some(film["rival"], 2)),
        crowds=_crowds(luck, drawn, spoken),
    )


def _crowds(luck: Luck, drawn: Nuisance, spoken: Words) -> tuple[Crowd, ...]:
    chosen = luck.some(sorted(spoken.circles), drawn.circles + 1)
    first = luck.pick((-1, 1))
    free, areas = list(drawn.platforms), luck.some(REGIONS, len(REGIONS))
    out = []
    for number, key in enumerate(chosen):
        facts = spoken.circles[key]
        by = luck.weighed(RULES)
        planned = number < drawn.circles
        if by == "platforms" and (not planned or len(free) < 2):
            by = "keywords"
        platform = free.pop(luck.below(len(free))) if by == "platforms" else None
        out.append(
            Crowd(
                name=facts["name"],
                planned=planned,
                by=by,
                keywords=tuple(facts["keywords"]),
                opens=tuple(facts["opens"]),
                platform=platform,
                regions=tuple(areas.pop() for _ in range(3)) if by == "regions" else (),
                side=first if number % 2 == 0 else -first,
            )
        )
    return tuple(out)
