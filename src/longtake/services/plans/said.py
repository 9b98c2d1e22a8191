"""A running plan in words: what a lock would record, what a look finds, what a verdict says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from longtake.domain.answers.plan_values import quantity_of
from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.running.book import Book
from longtake.domain.running.life import Life
from longtake.locale import Catalogue
from longtake.render.wording import Wording, visible
from longtake.services.plans.designs.registration import Registration, registration_of
from longtake.services.plans.rules_said import held_said, stopped_said
from longtake.services.plans.running.lock import Locking
from longtake.services.plans.running.look import Look
from longtake.services.plans.running.start import CHECKS
from longtake.services.plans.running.values import phase_of
from longtake.services.reports.draft import CHINA, ZONE
from longtake.trial.plans.stage import ENOUGH_POWER

SHORT = 16
GROUPS = {"owner": "plan_owner", "design": "plan_design"}


def changed(effect: Quantity, words: Catalogue, *, points: bool = False) -> str:
    """Return a change with its interval, or why there is none.

    Args:
        effect: The change.
        words: The language.
        points: Whether it is a difference of shares, told in points.
    """
    if points and isinstance(effect, Estimate):
        ends = [f"{100 * one:+.1f}".replace("-", "−") for one in (effect.value, effect.low, effect.high)]
        n, level = words.exact(effect.n), words.level(effect.level)
        return words.say("plan_product.points", value=ends[0], low=ends[1], high=ends[2], n=n, level=level)
    shown = Wording(words, ZONE).shown(effect)
    sign = "+" if isinstance(effect, Estimate) and effect.value > 0 else ""
    return f"{sign}{shown.value} · {shown.small}"


def in_points(made: Registration) -> bool:
    """Whether an effect is a difference of shares."""
    return made.unit == "share" and not made.relative


def amount(value: float, made: Registration, words: Catalogue) -> str:
    """Return an effect in the unit of its registration, with its sign."""
    if in_points(made):
        return words.say("plan.points", points=f"{100 * value:+.2g}".replace("-", "−"))
    sign = "+" if value > 0 else ""
    return sign + words.amount(value, made.unit, spread=abs(value))


def power_said(made: Registration, words: Catalogue) -> Iterator[str]:
    """Yield the power of a registration, the least effect and what would be seen."""
    say = words.say
    yield say(
        "plan_product.power", power=words.amount(made.power, "share"), least=amount(made.least, made, words)
    )
    if math.isfinite(made.smallest_found):
        sign = 1 if made.least > 0 else -1
        yield say("plan_product.power_smallest", smallest=amount(sign * made.smallest_found, made, words))
    else:
        yield say("plan_product.power_none")
    if made.power < ENOUGH_POWER:
        yield say("plan_product.warn_power")
    yield say("plan_product.evidence", evidence=words.word("plan_evidence", made.evidence))
    if "rule" in made.data:
        yield say("plan_product.rule", rule=words.word("plan_rule", made.data["rule"]))
    if "cities" in made.data:
        yield say("plan_product.cities", cities=words.joined(made.data["cities"]))
        if made.evidence == "geo_randomised":
            yield say("plan_product.drawn")


def locking_said(found: Locking, words: Catalogue) -> tuple[str, ...]:
    """Return what a lock would put on record, power first."""
    say, made = words.say, found.registration
    lines = [
        *power_said(made, words),
        expected_said(found.expected.mean, found.expected.deviation, found.expected.verdicts, words),
        say("plan_product.assurance", assurance=words.amount(found.assurance, "share")),
        say("plan_product.level", level=words.level(made.level), extensions=found.extensions),
        say(
            "plan_product.dates",
            begins=words.day(made.begins),
            ends=words.day(made.ends),
            days=made.days,
        ),
    ]
    lines += [say("plan_product.warn_late")] if found.late else []
    lines += [say("plan_product.crosses")] if found.crosses else []
    lines += [
        say(
            "plan_product.precedent",
            about=visible(case.about.of(words.lang)),
            outcome=words.word("plan_evidence", case.evidence),
            alike=str(held),
            of=str(known),
        )
        for case, held, known in found.precedents
    ]
    return tuple(lines)


def expected_said(mean: float, deviation: float, n: int, words: Catalogue) -> str:
    """Return what is expected of a repair, in multiples of the least change worth it."""
    if not n:
        return words.say("plan_product.expected_unlearned", deviation=f"{deviation:.2f}")
    return words.say("plan_product.expected", mean=f"{mean:+.2f}", deviation=f"{deviation:.2f}", n=n)


def look_said(found: Look, words: Catalogue) -> tuple[str, ...]:
    """Return what a look finds: days, change so far, one advice with one reason."""
    say = words.say
    lines = [say("plan_product.seen", days=found.seen.days, of=found.registration.days)]
    lines.append(
        say(
            "plan_product.so_far",
            effect=changed(found.seen.effect, words, points=in_points(found.registration)),
        )
    )
    if not found.whole:
        lines.append(say("plan_product.so_far_note"))
        lines += held_said(found.rules, words)
    lines.append(
        say(
            "plan_product.advice",
            advice=words.word("plan_advice", found.advice),
            reason=words.word("plan_reason", found.reason),
        )
    )
    return tuple(lines)


def verdict_said(life: Life, words: Catalogue) -> tuple[str, ...]:
    """Return a verdict: outcome, change, what may be said, deviations, what was learned."""
    if life.verdict is None:
        return ()
    say, told = words.say, life.verdict.told
    lines = [
        say(
            "plan_product.verdict",
            outcome=outcome_said(told, words),
            metric=words.word("plan_metric", life.metric),
            effect=changed(
                quantity_of(told["effect"]), words, points=in_points(registration_of(life.registration))
            ),
        ),
        say("plan_product.evidence", evidence=words.word("plan_evidence", told["evidence"])),
        say(f"plan_product.wording_{told['wording']}"),
    ]
    lines += [
        say("plan_product.deviation", deviation=words.word("plan_deviation", key))
        for key in told["deviations"]
    ]
    lines.append(say("plan_product.lesson", lesson=words.word("plan_lesson", told["learned"])))
    lines.append(
        say(
            "plan_product.updated",
            before=f"{told['before']['mean']:+.2f}",
            after=f"{told['after']['mean']:+.2f}",
        )
    )
    lines.append(
        say(
            "plan_product.advice",
            advice=words.word("plan_advice", told["advice"]),
            reason=words.word("plan_reason", told["reason"]),
        )
    )
    return tuple(lines)


def outcome_said(told: Mapping[str, Any], words: Catalogue) -> str:
    """Return the word of an outcome; an observation only says which way it went."""
    seen = told["wording"] == "coincides" and told["outcome"] in {"improved", "worse"}
    return words.word("plan_outcome", f"{told['outcome']}_seen" if seen else told["outcome"])


def days_said(life: Life, words: Catalogue) -> str:
    """Return the days of a stage, or that none are set."""
    days = life.days
    if life.begins is None:
        return words.say("plan_product.dates_open", days=days)
    ends = life.begins + timedelta(days=days - 1)
    return words.say("plan_product.dates", begins=words.day(life.begins), ends=words.day(ends), days=days)


def book_said(book: Book, words: Catalogue) -> Iterator[str]:
    """Yield the plan stage by stage, and where its record stands."""
    say = words.say
    if book.plan is None:
        yield say("plan_product.none")
        return
    yield say(
        "plan_product.head",
        campaign=book.campaign,
        n=len(book.lives),
        phase=words.word("plan_phase", phase_of(book)),
        seq=str(len(book.acts)),
        hash=book.last[:SHORT],
    )
    for number, life in enumerate(book.lives, 1):
        yield ""
        yield say("plan_product.stage", number=str(number), title=visible(life.stage.title))
        yield "  " + say(
            "plan_product.line",
            lane=words.word("plan_lane", life.lane),
            state=words.word("plan_state", life.state),
            id=life.id,
        )
        yield "  " + days_said(life, words)
        if life.lock is not None:
            yield from (f"  {line}" for line in power_said(registration_of(life.registration), words))
        keys = life.deviations if life.verdict is None else ()
        yield from (
            "  " + say("plan_product.deviation", deviation=words.word("plan_deviation", key)) for key in keys
        )
        yield from (f"  {line}" for line in verdict_said(life, words))
        yield from (f"  {line}" for line in stopped_said(life, words))


def history_said(book: Book, words: Catalogue) -> Iterator[str]:
    """Yield every act, and under each new version what it changed."""
    by_act: dict[int, list[str]] = {}
    for life in book.lives:
        for version in life.versions:
            lines = by_act.setdefault(version.act.seq, [])
            lines += [change_said(one.key, one.before, one.after, words) for one in version.changes]
    for act in book.acts:
        yield words.say(
            "plan_product.act",
            seq=str(act.seq),
            at=words.moment(act.at, CHINA, year=True),
            who=visible(act.who),
            act=words.word("plan_act", act.kind),
            stage=act.stage or "—",
            hash=act.hash[:SHORT],
        )
        yield from by_act.get(act.seq, ())


def change_said(key: str, before: object, after: object, words: Catalogue) -> str:
    """Return one change of a version."""
    shown = [words.word(GROUPS.get(key, ""), value_said(one)) for one in (before, after)]
    return words.say("plan_product.change", item=words.word("plan_key", key), before=shown[0], after=shown[1])


def value_said(value: object) -> str:
    """Return one value of a version.

    Examples:
        >>> value_said(79.80098122592933), value_said(None), value_said("agency")
        ('79.801', '—', 'agency')
    """
    if value is None:
        return "—"
    return f"{value:.6g}" if isinstance(value, float) else visible(str(value))


def checks_said(held: Mapping[str, bool], words: Catalogue) -> tuple[str, ...]:
    """Return each start check and whether it holds."""
    return tuple(
        words.say(f"plan_product.check_{'yes' if holds else 'no'}", check=words.word("plan_check", key))
        for key in CHECKS
        if (holds := held.get(key)) is not None
    )
