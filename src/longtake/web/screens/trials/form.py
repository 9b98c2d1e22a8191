"""The design form: what it starts with, and what people typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.refusal import DesignError
from longtake.domain.trials.trial import PLACES, Trial
from longtake.errors import LongtakeError
from longtake.ingest.values.number import number
from longtake.ingest.values.refusal import BadValue
from longtake.locale import catalogue
from longtake.services.trials import TrialError, ids
from longtake.services.trials.defaults import arms_or_two, assigned_usually, metric_usually, unit_usually
from longtake.services.trials.sources import STORY, arms_of_nodes, arms_of_texts, lines_of
from longtake.web.access import Place
from longtake.web.pages.problems import in_words

LONGEST = 4000
FIELDS = (
    "id",
    "question",
    "design",
    "arms",
    "metric",
    "kind",
    "rise",
    "others",
    "baseline",
    "deviation",
    "minimum",
    "units",
    "days",
    "alpha",
    "looks",
    "by",
    "start_rule",
    "places",
    "drawn",
    "after_slump",
)
FACTORS = ("emotion", "format", "angle")
KEYS = {
    "emotion": "emotion",
    "format": "format",
    "angle": "angle",
    "weight": "weight",
    "alias": "alias",
    "情绪": "emotion",
    "形式": "format",
    "角度": "angle",
    "权重": "weight",
    "别名": "alias",
}
"""What a part of an arm may be called."""
DOWN = frozenset({"down", "fall", "降"})
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form.

    Attributes:
        values: Text by field.
        nodes: Nodes of the campaign that were ticked.
        lines: Golden lines that were ticked, by their place from 1.
    """

    values: Mapping[str, str]
    nodes: tuple[str, ...] = field(default=())
    lines: tuple[int, ...] = field(default=())


def prefilled(place: Place, lang: str) -> Typed:
    """Return the form as it opens: an id that is free, two arms, numbers most trials begin with."""
    taken = set(ids(place.workspace, place.campaign.id))
    free = next(f"t{n}" for n in range(1, len(taken) + 2) if f"t{n}" not in taken)
    start = dict.fromkeys(FIELDS, "")
    two = ("A", "B")
    values = {
        "id": free,
        "design": "any_look",
        "arms": "\n".join(catalogue(lang).say("trial_form.arm", letter=one) for one in two),
        "metric": "finish",
        "kind": "proportion",
        "rise": "up",
        "baseline": "10%",
        "minimum": "1%",
        "units": "20000",
        "days": "14",
        "alpha": "5%",
        "looks": "5",
    }
    return Typed({**start, **values})


def typed(post: QueryDict) -> Typed:
    """Return what was typed, cut to what a form holds."""
    values = {name: post.get(name, "").strip()[:LONGEST] for name in FIELDS}
    lines = [int(one) for one in post.getlist("lines") if one.isdecimal() and len(one) < 4]
    return Typed(values, tuple(post.getlist("nodes")[:12]), tuple(lines[:12]))


def golden_lines(place: Place) -> tuple[str, ...]:
    """Return the golden lines that the figures of the film rank first; none where they are not measured."""
    kept = place.kept()
    if kept is None or STORY not in kept.sections:
        return ()
    return lines_of(kept.section(STORY))[:MOST_LINES]


def trial_of(place: Place, given: Typed, lang: str) -> Trial:
    """Return the design that was typed.

    Raises:
        DesignError: No trial could be run on it.
        TrialError: A number is none.
        NotFoundError: A node is not there any more.
    """
    v = given.values
    design = v["design"]
    by_place = design in {*PLACES, "interrupted_series", "matched_slots"}
    kind = "mean" if by_place else v["kind"] or "proportion"
    arms = [
        *_arms(v["arms"]),
        *arms_of_nodes(place.workspace, place.campaign.id, given.nodes),
        *(arms_of_texts(golden_lines(place), given.lines) if given.lines else ()),
    ]
    if by_place and design != "matched_slots":
        arms = []
    key = v["metric"] or metric_usually(design).partition(":")[0]
    rise = v["rise"] != "down"
    first = Metric(key, kind, rise, _number(v, "baseline"), _number(v, "deviation"))
    others = tuple(_metric(one) for one in v["others"].replace("，", ",").split(",") if one.strip())
    return Trial(
        id=v["id"],
        campaign=place.campaign.id,
        question=v["question"],
        design=design,
        arms=arms_or_two(tuple(arms), design, catalogue(lang)),
        metrics=(first, *others),
        unit=unit_usually(design),
        assigned_by=v["by"] or assigned_usually(design),
        planned_units=_whole(v, "units"),
        minimum=_number(v, "minimum") or 0.0,
        alpha=_number(v, "alpha") or 0.05,
        looks=_whole(v, "looks") or 5,
        horizon_days=_whole(v, "days"),
        start_rule=v["start_rule"],
        places=tuple(one.strip() for one in v["places"].replace("，", ",").split(",") if one.strip()),
        drawn=_whole(v, "drawn"),
        chosen_low=v["after_slump"] == "1",
    )


def said(lang: str, error: LongtakeError) -> str:
    """Return a refusal in the visitor's language."""
    words = catalogue(lang)
    if isinstance(error, DesignError) and words.has(f"problem.{error.says}"):
        return words.say(f"problem.{error.says}", **error.slots)
    return in_words(lang, error)


def _arms(text: str) -> list[Arm]:
    """Return the arms of lines such as ``name | emotion | format | angle | weight=2 | alias=a title``.

    Raises:
        DesignError: A weight is no number, or it is no arm.
        TrialError: A part names something that an arm has not.
    """
    out = []
    for line in text.splitlines():
        name, *rest = (part.strip() for part in line.replace("｜", "|").replace("＝", "=").split("|"))
        if not name and not any(rest):
            continue
        named = [part.partition("=") for part in rest if "=" in part]
        plain = [part for part in rest if "=" not in part]
        told = {key: value for key, value in zip(FACTORS, plain, strict=False) if value}
        aliases, weight = [], 1.0
        for head, _, tail in named:
            key, value = KEYS.get(head.strip(), head.strip()), tail.strip()
            if key == "alias":
                aliases.append(value)
            elif key == "weight":
                weight = _number({key: value}, key) or 0.0
            elif key in FACTORS:
                told[key] = value
            else:
                raise TrialError(
                    f"An arm has no {head.strip()[:40]!r}.",
                    fix=f"Known: {', '.join(KEYS)}.",
                    says="trial_arm_key",
                    given=head.strip()[:40],
                )
        out.append(Arm(name, weight, told, tuple(one for one in aliases if one)))
    return out


def _metric(text: str) -> Metric:
    """Return a metric of ``name``, ``name:mean`` or ``name:ratio:down``."""
    parts = [part.strip() for part in text.replace("：", ":").split(":")]
    kind = parts[1] if len(parts) > 1 and parts[1] else "proportion"
    return Metric(parts[0], kind, not (len(parts) > 2 and parts[2] in DOWN))


def _number(values: Mapping[str, str], name: str) -> float | None:
    try:
        return number(values[name]).value
    except BadValue:
        raise TrialError(
            f"{name} is {values[name]!r}.",
            fix="Write a number.",
            says="trial_no_number",
            field=name,
            given=values[name][:40],
        ) from None


def _whole(values: Mapping[str, str], name: str) -> int:
    found = _number(values, name)
    return 0 if found is None else round(found)
