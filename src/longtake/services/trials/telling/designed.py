"""A design and its power in words."""

from __future__ import annotations

from collections.abc import Iterator

from longtake.domain.trials.power import Power
from longtake.domain.trials.trial import Trial
from longtake.locale import Catalogue
from longtake.render.wording import visible
from longtake.services.trials.book import Book
from longtake.services.trials.telling.amounts import Amounts


def design_lines(book: Book, words: Catalogue) -> tuple[str, ...]:
    """Return what a trial is designed to do."""
    return tuple(visible(line) for line in _design(book, words))


def power_lines(trial: Trial, power: Power, words: Catalogue) -> tuple[str, ...]:
    """Return what a trial can find, and a warning where that is little."""
    return tuple(_power(trial, power, words))


def _design(book: Book, words: Catalogue) -> Iterator[str]:
    trial, say = book.trial, words.say
    amounts = Amounts(words, trial)
    yield say("trial.question", what=trial.question)
    yield say(
        "trial.design",
        design=words.word("trial_design", trial.design),
        assigned=words.word("trial_assigned", trial.assigned_by),
        unit=words.word("trial_unit", trial.unit),
        standing=words.word("evidence", book.standing.key),
    )
    yield say("trial.arms", arms=words.joined([_arm(arm.name, arm.factors, words) for arm in trial.arms]))
    primary = trial.primary
    yield say(
        "trial.metric",
        metric=words.word("metric", primary.key),
        kind=words.word("trial_kind", primary.kind),
        rise=words.word("trial_rise", "up" if primary.rise else "down"),
        minimum=amounts.minimum(),
    )
    if trial.metrics[1:]:
        named = [words.word("metric", metric.key) for metric in trial.metrics[1:]]
        yield say("trial.metric_more", metrics=words.joined(named))
    alpha = f"{trial.alpha * 100:g}%"
    if trial.by_place or trial.design == "described":
        yield say("trial.plan_days", days=trial.horizon_days, alpha=alpha)
    else:
        yield say("trial.plan", units=words.exact(trial.planned_units), days=trial.horizon_days, alpha=alpha)
    if trial.start_rule:
        yield say("trial.start_rule", rule=trial.start_rule)
    yield from _lot(book, words)
    yield say(
        "trial.state",
        state=words.word("trial_state", book.state),
        version=book.version,
        entries=len(book.entries),
    )


def _arm(name: str, factors: object, words: Catalogue) -> str:
    told = dict(factors) if isinstance(factors, dict) else {}
    made = [f"{words.word('trial_factor', key)} {value}" for key, value in sorted(told.items())]
    return f"{name} ({words.joined(made)})" if made else name


def _lot(book: Book, words: Catalogue) -> Iterator[str]:
    if book.trial.design == "matched_cities" and book.lot:
        yield words.say("trial.lot_cities", cities=words.joined(list(book.lot["treated"])))
    if book.trial.design == "matched_cinemas" and book.lot:
        pairs = [
            f"{drawn} / {next(one for one in block if one != drawn)}"
            for block, drawn in zip(book.lot["blocks"], book.lot["treated"], strict=True)
        ]
        yield words.say("trial.lot_pairs", pairs=words.joined(pairs))
        if book.lot["aside"]:
            yield words.say("trial.lot_aside", places=words.joined(list(book.lot["aside"])))


def _power(trial: Trial, power: Power, words: Catalogue) -> Iterator[str]:
    amounts = Amounts(words, trial)
    if power.power is None:
        yield words.say("trial.power_none")
        return
    chance = amounts.chance(power.power)
    if power.single is None:
        yield words.say("trial.power_once", power=chance)
    else:
        yield words.say("trial.power", power=chance, single=amounts.chance(power.single))
    if power.smallest is None:
        yield words.say("trial.smallest_none")
    else:
        yield words.say("trial.smallest", smallest=amounts.size(power.smallest, relative=power.relative))
    if power.needed is not None:
        yield words.say("trial.needed", units=words.exact(power.needed))
    if power.weak:
        yield words.say("trial.weak")
    yield words.say("trial.power_from", method=words.word("method", power.method))
