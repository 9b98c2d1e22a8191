"""A finished campaign becomes cases of the team's playbook, with the signs they held under."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from longtake.diagnosis.playbook.case import OUTCOMES, Case, cases
from longtake.diagnosis.playbook.pack import FOLDER
from longtake.domain.estimate import Estimate
from longtake.domain.running.book import Book
from longtake.domain.running.life import Life
from longtake.locale import catalogue
from longtake.services.campaigns.known import quoted
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running.expected import conditions_of, effect_of, repair_key
from longtake.services.workspace import Workspace, write_whole


@dataclass(frozen=True, slots=True)
class Learned:
    """What went into the playbook.

    Attributes:
        file: The pack that was written.
        cases: Its cases, in the order of the stages.
    """

    file: Path
    cases: tuple[Case, ...]


def learn(workspace: Workspace, book: Book) -> Learned:
    """Write the judged stages of a campaign as a pack of the team's playbook and read it back.

    Raises:
        PlanActError: No stage was judged with an interval.
        PlaybookError: The folder's packs cannot be used.
        WorkspaceError: The file cannot be written.
    """
    told = [(life, effect) for life in book.lives if (effect := _effect(life)) is not None]
    if not told:
        raise PlanActError(
            "No stage of the plan was judged with an interval.",
            fix="Judge a stage first.",
            says="nothing_learned",
        )
    folder = workspace.root / FOLDER
    file = folder / f"cases-{book.campaign}.toml"
    last = max(life.verdict.at for life, _ in told if life.verdict is not None)
    source = {
        lang: catalogue(lang).say("plan_product.case_source", campaign=book.campaign) for lang in ("zh", "en")
    }
    lines = [
        "[pack]",
        f"name = {quoted(f'cases-{book.campaign}')}",
        f"date = {last.date().isoformat()}",
        f"source = {{ zh = {quoted(source['zh'])}, en = {quoted(source['en'])} }}",
    ]
    for life, effect in told:
        lines += ["", *_case(book, life, effect)]
    write_whole(file, ("\n".join(lines) + "\n").encode())
    mine = {f"{book.campaign}/{life.id}" for life, _ in told}
    return Learned(file, tuple(case for key, case in cases([folder]).items() if key in mine))


def _effect(life: Life) -> Estimate | None:
    if life.verdict is None or life.verdict.told["outcome"] not in OUTCOMES:
        return None
    effect = effect_of(life)
    known = isinstance(effect, Estimate) and math.isfinite(effect.high - effect.low)
    return effect if known and isinstance(effect, Estimate) else None


def _case(book: Book, life: Life, effect: Estimate) -> Iterator[str]:
    if life.verdict is None:
        return
    told, stage = life.verdict.told, life.locked_stage
    about = {
        lang: catalogue(lang).say(
            "plan_product.case_about",
            title=stage.title,
            outcome=catalogue(lang).word("plan_outcome", told["outcome"]),
            metric=catalogue(lang).word("plan_metric", stage.goal.metric),
        )
        for lang in ("zh", "en")
    }
    yield "[[case]]"
    yield f"key = {quoted(f'{book.campaign}/{life.id}')}"
    yield f"campaign = {quoted(book.campaign)}"
    yield f"repair = {quoted(repair_key(stage))}"
    yield f'cause = "{stage.cause}"'
    yield f'metric = "{stage.goal.metric}"'
    yield f'outcome = "{told["outcome"]}"'
    yield f"value = {effect.value!r}"
    yield f"low = {effect.low!r}"
    yield f"high = {effect.high!r}"
    yield f"level = {effect.level!r}"
    yield f'evidence = "{told["evidence"]}"'
    yield f"days = {int(told['days'])}"
    yield f"judged = {life.verdict.at.date().isoformat()}"
    yield f"about = {{ zh = {quoted(about['zh'])}, en = {quoted(about['en'])} }}"
    held = conditions_of(book, life)
    yield f"conditions = {{ {', '.join(f'{name} = {number!r}' for name, number in sorted(held.items()))} }}"
