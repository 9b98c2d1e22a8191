"""Repairs: what to do about a cause, who acts, what it should move, how it is proved, when not to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, Said, entries
from longtake.domain.answers.cause import CAUSES
from longtake.domain.answers.plan import COLLECT, COSTS, DESIGNS
from longtake.domain.answers.rule import ASKED, STARTS, STOPS, Rule

OWNERS = ("director", "distributor", "marketing", "platform", "creator_relations", "cinema_line", "agency")
FACTS = (
    "box_office",
    "no_box_office",
    "hot_list",
    "spend",
    "nodes",
    "circles",
    "released",
    "unreleased",
    "reversal",
)
"""What may be asked of a campaign before a repair is proposed."""


@dataclass(frozen=True, slots=True)
class Making:
    """One thing a repair makes.

    Attributes:
        what: What it is.
        platform: Where; empty for none, ``loudest`` for the platform that speaks most, ``each_node`` for
            every node that lacks an entry, each with what fits it.
        form: Key of its platform form; empty for none.
    """

    what: Said
    platform: str
    form: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair.

    Attributes:
        key: Its name.
        cause: Cause it repairs, or ``collect``.
        title: What it is called.
        does: What is done, and why it should help.
        when: Facts that must hold; empty for always.
        unless: Facts that must not hold.
        avoid: When not to do it, in words.
        makes: What is made.
        owner: Role that acts.
        metric: Key of the metric it should move.
        rise: Whether the metric should rise.
        least: Least change worth it, in the metric's unit.
        relative: Whether ``least`` is a share of the baseline instead.
        horizon_days: Days until it is judged.
        design: How it is proved.
        cost: Class of cost.
        start: When it may start.
        stop: When it stops before its time.
        starts: What ``start`` says, as a machine reads it; ``asked`` where only a person can tell.
        stops: What ``stop`` says, likewise.
        pack: Name and date of its pack.
    """

    key: str
    cause: str
    title: Said
    does: Said
    when: tuple[str, ...]
    unless: tuple[str, ...]
    avoid: Said
    makes: tuple[Making, ...]
    owner: str
    metric: str
    rise: bool
    least: float
    relative: bool
    horizon_days: int
    design: str
    cost: str
    start: Said
    stop: Said
    starts: tuple[Rule, ...]
    stops: tuple[Rule, ...]
    pack: str

    def fits(self, facts: frozenset[str]) -> bool:
        """Return whether a campaign of these facts may be given it."""
        return set(self.when) <= facts and not set(self.unless) & facts


def repairs(folders: Iterable[Path] = ()) -> dict[str, Repair]:
    """Return the repairs by key; those of ``folders`` replace the packaged ones.

    Raises:
        PlaybookError: A pack cannot be used.

    Examples:
        >>> sorted({one.cause for one in repairs().values()})
        ['collect', 'external', 'interaction', 'mismatch', 'over_promotion', 'positioning']
    """
    return entries("repair", _made, folders)


def chosen(cause: str, facts: frozenset[str], known: Iterable[Repair]) -> tuple[Repair, ...]:
    """Return the repairs of a cause that fit a campaign, in the order of the packs.

    Examples:
        >>> [one.key for one in chosen("external", frozenset(), repairs().values())][0]
        'step_aside'
    """
    return tuple(one for one in known if one.cause == cause and one.fits(facts))


def _made(entry: Entry) -> Repair:
    facts = [entry.texts(name) for name in ("when", "unless")]
    if unknown := sorted({*facts[0], *facts[1]} - set(FACTS)):
        raise entry.wrong(f"it asks for {', '.join(unknown)}, expected some of {', '.join(FACTS)}")
    least, days = entry.get("least", float), entry.get("horizon_days", int)
    if least <= 0 or days < 1:
        raise entry.wrong(f"least is {least} and horizon_days {days}, expected above zero")
    return Repair(
        key=entry.key,
        cause=entry.one_of("cause", (*CAUSES, COLLECT)),
        title=entry.said("title"),
        does=entry.said("does"),
        when=facts[0],
        unless=facts[1],
        avoid=entry.said("avoid"),
        makes=tuple(_making(one) for one in entry.inner("make")),
        owner=entry.one_of("owner", OWNERS),
        metric=entry.get("metric", str),
        rise=entry.get("rise", bool),
        least=least,
        relative=entry.get("relative", bool, default=False),
        horizon_days=days,
        design=entry.one_of("design", DESIGNS),
        cost=entry.one_of("cost", COSTS),
        start=entry.said("start"),
        stop=entry.said("stop"),
        starts=_rules(entry, "starts", STARTS),
        stops=_rules(entry, "stops", STOPS),
        pack=entry.pack,
    )


def _rules(entry: Entry, name: str, kinds: tuple[str, ...]) -> tuple[Rule, ...]:
    made = []
    for one in entry.inner(name):
        kind = one.one_of("is", kinds)
        try:
            made.append(
                Rule(
                    kind,
                    one.get("metric", str, ""),
                    one.get("by", float, 0.0),
                    relative=one.get("relative", bool, default=False),
                    days=one.get("days", int, 3),
                )
            )
        except ValueError as error:
            raise entry.wrong(str(error)) from error
        one.close()
    return tuple(made) or (Rule(ASKED),)


def _making(entry: Entry) -> Making:
    made = Making(entry.said("what"), entry.get("platform", str, ""), entry.get("form", str, ""))
    entry.close()
    return made
