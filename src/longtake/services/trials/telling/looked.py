"""What a look shows, in words: the answer first, then what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from longtake.domain.comparing.standing import STANDINGS
from longtake.domain.estimate import Unknown
from longtake.domain.trials.look import Comparison, Look
from longtake.domain.trials.verdict import Verdict
from longtake.locale import Catalogue
from longtake.render.wording import visible
from longtake.services.trials.book import Book
from longtake.services.trials.deviations import deviations
from longtake.services.trials.telling.amounts import Amounts


def name_of(look: Look, words: Catalogue) -> str:
    """Return the decision in words, no stronger than the level of evidence bears."""
    level = next(one for one in STANDINGS if one.key == look.standing)
    weaker = look.decision in {"winner", "worse"} and not level.bears("caused")
    key = f"{look.decision}_{'changed' if weaker else ''}".rstrip("_")
    return visible(words.say(f"trial_decision.{key}", arm=look.arm))


def headline(book: Book, one: Comparison, words: Catalogue) -> str:
    """Return one comparison as a sentence with its interval."""
    amounts, trial = Amounts(words, book.trial), book.trial
    shown = amounts.shown(one)
    named = {"arm": one.arm, "control": trial.control.name}
    if isinstance(shown, Unknown):
        reason = words.word("reason", shown.reason)
        return visible(words.say("trial.effect_unknown", reason=reason, **named))
    points = amounts.in_points(one)
    key = "share" if trial.by_place else "points" if points else "plain"
    rises = shown.value >= 0
    direction = words.say(f"trial.{'up' if rises else 'down'}")
    return visible(
        words.say(
            f"trial.effect_{key}",
            metric=words.word("metric", one.metric),
            direction=direction,
            size=amounts.change(shown, points=points),
            interval=amounts.interval(shown, points=points),
            level=words.say("trial.level", level=amounts.level(shown)),
            **named,
        )
    )


def split_line(book: Book, look: Look, words: Catalogue) -> str:
    """Return whether the split holds."""
    if look.split is None:
        return words.say("trial.split_none")
    amounts = Amounts(words, book.trial)
    key = "split_holds" if look.split.holds else "split_broken"
    alpha = f"{look.split.alpha * 100:g}%"
    return words.say(f"trial.{key}", p=amounts.p(look.split.p), alpha=alpha)


def label(standing: str, words: Catalogue) -> str:
    """Return a level of evidence and what it bears."""
    return words.say(
        "trial.label", standing=words.word("evidence", standing), note=words.say(f"note.evidence_{standing}")
    )


def wait_lines(book: Book, look: Look, words: Catalogue) -> tuple[str, ...]:
    """Return what it costs to wait; nothing once it is decided."""
    if look.decision == "waiting":
        unit = book.trial.planned_units if book.trial.design == "matched_slots" else book.trial.horizon_days
        seen = look.units if book.trial.design == "matched_slots" else look.days
        return (words.say("trial.wait_days", days=max(0, unit - seen)),)
    wait = look.wait
    if wait is None or look.decision in {"winner", "worse", "settled", "broken_split"}:
        return ()
    out = []
    if wait.units is not None and wait.days is not None and wait.units > 0:
        slots = {"units": words.exact(wait.units), "days": wait.days, "a_day": words.exact(round(wait.a_day))}
        key = "wait_look" if look.looked else "wait_decide"
        out.append(words.say(f"trial.{key}", **(slots if key == "wait_decide" else _without(slots))))
    elif wait.units is None and not look.looked:
        out.append(words.say("trial.wait_never"))
    if wait.chance is not None:
        chance = Amounts(words, book.trial).chance(wait.chance)
        out.append(words.say("trial.wait_chance", chance=chance))
    return tuple(out)


def look_lines(book: Book, look: Look, words: Catalogue, *, weights_from: str = "") -> tuple[str, ...]:
    """Return a look in words: the decision, the effect, the split, the label, the price of waiting."""
    return tuple(_look(book, look, words, weights_from))


def departures(book: Book, words: Catalogue) -> tuple[str, ...]:
    """Return where the trial went otherwise than designed."""
    return tuple(visible(words.say(f"trial.deviation_{one.key}", **one.slots)) for one in deviations(book))


def verdict_lines(book: Book, verdict: Verdict, words: Catalogue) -> tuple[str, ...]:
    """Return a verdict in words: its result, the effect with its interval, the label, what was learned."""
    out = [words.say(f"trial_result.{verdict.result}")]
    last = book.looks[-1].look if book.looks else None
    if last is not None and last.judged is not None:
        out.append(headline(book, last.judged, words))
    out.append(label(verdict.standing, words))
    out += [
        visible(words.say(f"trial.learned_{one.key}", **_learned(one.slots, words)))
        for one in verdict.learned
    ]
    return tuple(out)


def _look(book: Book, look: Look, words: Catalogue, weights_from: str) -> Iterator[str]:
    yield name_of(look, words)
    judged = look.judged
    if judged is not None and look.decision != "broken_split":
        yield headline(book, judged, words)
    if look.split is not None:
        yield split_line(book, look, words)
    yield label(look.standing, words)
    if look.looked and look.bound is not None:
        yield words.say("trial.looked", looked=look.looked, looks=book.trial.looks, bound=f"{look.bound:.2f}")
    yield from wait_lines(book, look, words)
    amounts = Amounts(words, book.trial)
    if look.next_weights:
        shares = words.joined([f"{arm} {amounts.chance(w)}" for arm, w in look.next_weights.items()])
        yield visible(words.say("trial.weights", day=weights_from, weights=shares))
    if judged is not None and judged.shrunken is not None and look.decision == "winner":
        drawn = judged.shrunken
        yield visible(
            words.say(
                "trial.shrunken",
                arm=judged.arm,
                size=amounts.signed(drawn, points=False),
                interval=amounts.interval(drawn, points=False),
            )
        )
    yield from (words.say(f"trial.note_{note}") for note in look.notes)


def _learned(slots: object, words: Catalogue) -> dict[str, object]:
    told = dict(slots) if isinstance(slots, dict) else {}
    if "factor" in told:
        told["factor"] = words.word("trial_factor", str(told["factor"]))
    return told


def _without(slots: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in slots.items() if key != "a_day"}
