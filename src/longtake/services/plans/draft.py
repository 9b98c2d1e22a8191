"""Draft a staged plan from a diagnosis, with the campaign's own figures as baselines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from longtake.diagnosis.playbook.form import Form, forms
from longtake.diagnosis.playbook.pack import FOLDER
from longtake.diagnosis.playbook.repair import Making, Repair, chosen, repairs
from longtake.domain.answers.cause import CAUSES
from longtake.domain.answers.diagnosis import Belief, Diagnosis
from longtake.domain.answers.plan import COLLECT, Goal, Output, Plan, Stage
from longtake.domain.estimate import Estimate
from longtake.errors import NotFoundError
from longtake.services import evidence
from longtake.services.campaigns.target import target
from longtake.services.plans.metrics import metric
from longtake.services.progress import Progress
from longtake.services.reports.diagnosis.signs import diagnosed, signs
from longtake.services.reports.draft import Draft
from longtake.services.reports.drafted import drafted as opened
from longtake.services.reports.interaction.entries import node_entries
from longtake.services.reports.marks import events
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

A_CAUSE = 2
"""Stages for one cause: more at once cannot be told apart afterwards."""

LOUDEST, EACH_NODE = "loudest", "each_node"
DIGITS = 6


def draft(
    workspace: Workspace,
    name: str,
    *,
    lang: str,
    causes: Sequence[str] = (),
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return a staged plan for a campaign folder or a known campaign.

    Own packs in ``playbook/`` of the workspace, and of the folder, replace entries of the packaged playbook.

    Args:
        workspace: Where the rows are kept.
        name: A folder with a ``campaign.toml``, or the name of a campaign of the workspace.
        lang: zh or en.
        causes: Causes a person names instead of the diagnosis; the plan then records no probabilities.
        observed_at: When the files of the folder were exported, aware; None when nobody knows.
        progress: Where to show progress.

    Raises:
        NotFoundError: The target is neither, or there is no such cause.
        PlaybookError: A pack cannot be used.
        LongtakeError: The campaign file or the lake cannot be used.
    """
    campaign = target(workspace, name, observed_at, progress)
    with open_session(workspace.lake, campaign.id) as session:
        measured = opened(workspace, campaign, session)
        folders = own_packs(workspace, name)
        found = diagnosed(measured)
        made = drafted(measured, found, lang=lang, folders=folders, causes=causes)
        figures = [metric(measured, stage.goal.metric, informed=found.informed) for stage in made.stages]
        evidence.keep(workspace, campaign.id, figures, beside=True)
        return made


def _named(draft: Draft, causes: Sequence[str]) -> Diagnosis:
    """Return causes that a person names, in the person's order, informed by the signs that are known."""
    if unknown := [cause for cause in causes if cause not in CAUSES]:
        raise NotFoundError("cause", unknown[0], known=CAUSES)
    beliefs = tuple(Belief(cause, 1.0, 1.0, 1.0, ()) for cause in dict.fromkeys(causes))
    known = [isinstance(sign.figure.quantity, Estimate) for sign in signs(draft)]
    informed = sum(known) / len(known) if known else 0.0
    return Diagnosis(beliefs, lacking=(), informed=informed)


def own_packs(workspace: Workspace, name: str | None) -> tuple[Path, ...]:
    """Return the folders of a team's own packs: the workspace's, then the campaign folder's."""
    folder = Path(name) / FOLDER if name and Path(name).is_dir() else None
    return (workspace.root / FOLDER, *((folder,) if folder else ()))


def shapes(workspace: Workspace, name: str | None) -> tuple[Form, ...]:
    """Return the platform forms, a team's own in the place of packaged ones.

    Raises:
        PlaybookError: A pack cannot be used.
    """
    return tuple(forms(own_packs(workspace, name)).values())


def drafted(
    draft: Draft,
    diagnosis: Diagnosis,
    *,
    lang: str,
    folders: Iterable[Path] = (),
    causes: Sequence[str] = (),
) -> Plan:
    """Return the staged plan of a diagnosis.

    Each named cause gets two stages at most. On abstention the first stages collect what is missing, and the
    likeliest cause gets one stage that waits for the second diagnosis; so does a named cause of which no
    repair can be measured yet get a stage that collects. Nothing is repaired where nothing is wrong. A repair
    whose metric cannot be measured, or cannot move as far as it should, is passed over.

    Args:
        draft: The campaign being measured.
        diagnosis: What is believed.
        lang: Language of the words, zh or en.
        folders: Folders of own packs, the one that decides last.
        causes: Causes a person names instead of the diagnosis; the plan then records no probabilities.

    Raises:
        PlaybookError: A pack cannot be used.
        NotFoundError: There is no such cause.
    """
    packs = tuple(folders)
    if causes:
        diagnosis = _named(draft, causes)
    desk = _Desk(draft, diagnosis, lang, repairs(packs), forms(packs))
    believed = () if causes else diagnosis.beliefs
    because = {belief.cause: round(belief.probability, DIGITS) for belief in believed}
    return Plan(draft.campaign.id, lang, because, diagnosis.abstains, tuple(desk.stages()))


def stage_of_repair(draft: Draft, repair: Repair, *, lang: str, informed: float = 0.0) -> Stage | None:
    """Return one repair as the first stage of a plan; None where its metric has no value or no room to move.

    Args:
        draft: The campaign being measured.
        repair: The repair.
        lang: Language of the words, zh or en.
        informed: Share of the diagnosis that rests on something measured.
    """
    return _Desk(draft, Diagnosis((), (), informed), lang, {repair.key: repair}, forms())._stage(
        repair, 1, wait=False
    )


class _Desk:
    """One plan being drafted."""

    def __init__(
        self,
        draft: Draft,
        diagnosis: Diagnosis,
        lang: str,
        known: dict[str, Repair],
        known_forms: dict[str, Form],
    ) -> None:
        self.draft, self.diagnosis, self.lang = draft, diagnosis, lang
        self.known, self.forms = known, known_forms
        self.facts = _facts(draft)
        self.loud = _loudest(draft, known_forms.values())

    def stages(self) -> Iterator[Stage]:
        """Yield the stages in order, numbered."""
        named = [belief.cause for belief in self.diagnosis.named if belief.cause in CAUSES]
        likeliest = [belief.cause for belief in self.diagnosis.beliefs if belief.cause in CAUSES][:1]
        wait = self.diagnosis.abstains
        told = [self._fitting(cause, A_CAUSE) for cause in named]
        if wait:
            told = [self._fitting(COLLECT, A_CAUSE), *(self._fitting(cause, 1) for cause in likeliest)]
        elif not all(told):
            # A cause nobody can measure a repair of yet needs its files first.
            told.insert(0, self._fitting(COLLECT, 1))
        for number, repair in enumerate((repair for some in told for repair in some), 1):
            stage = self._stage(repair, number, wait=wait and repair.cause != COLLECT)
            if stage is not None:
                yield stage

    def _fitting(self, cause: str, most: int) -> list[Repair]:
        """Return the first repairs of a cause whose metric can be measured and has room to move."""
        known = chosen(cause, self.facts, self.known.values())
        return [one for one in known if self._stage(one, 1, wait=False) is not None][:most]

    def _stage(self, repair: Repair, number: int, *, wait: bool) -> Stage | None:
        figure = metric(self.draft, repair.metric, informed=self.diagnosis.informed)
        baseline = figure.quantity
        if not isinstance(baseline, Estimate):
            return None
        least = repair.least * abs(baseline.value) if repair.relative else repair.least
        room = (
            baseline.value if not repair.rise else 1 - baseline.value if baseline.unit == "share" else least
        )
        if least <= 0 or least > room + 1e-12:
            return None
        least = round(least, DIGITS) or 10.0**-DIGITS
        start = repair.start.of(self.lang)
        if wait:
            start = f"{WAIT[self.lang]}{start}"
        return Stage(
            id=f"{number:02d}-{repair.key}",
            cause=repair.cause,
            repair=f"{repair.key}@{repair.pack}",
            title=repair.title.of(self.lang),
            does=repair.does.of(self.lang),
            goal=Goal(
                repair.metric,
                baseline.unit,
                baseline,
                figure.id,
                least,
                repair.rise,
                repair.horizon_days,
            ),
            outputs=tuple(output for making in repair.makes for output in self._outputs(making)),
            owner=repair.owner,
            budget_cny=0.0 if repair.cost == "free" else None,
            cost=repair.cost,
            design=repair.design,
            start=start,
            stop=repair.stop.of(self.lang),
            harm=least,
            avoid=repair.avoid.of(self.lang),
            starts=repair.starts,
            stops=repair.stops,
        )

    def _outputs(self, making: Making) -> Iterator[Output]:
        if making.platform != EACH_NODE:
            yield self._output(making)
            return
        for node in node_entries(self.draft):
            if node.fit is not None:
                how = node.fit.how.of(self.lang)
                yield Output(f"{node.title}{COLON[self.lang]}{how}", node.platform or "")

    def _output(self, making: Making) -> Output:
        platform, form = making.platform, self.forms.get(making.form)
        if platform == LOUDEST:
            form = self.loud
            platform = form.platform if form else ""
        return Output(
            making.what.of(self.lang),
            platform,
            form.key if form else "",
            tuple(part.of(self.lang) for part in form.frame) if form else (),
        )


COLON = {"zh": "：", "en": ": "}
WAIT = {"zh": "补齐材料、再诊断一次仍是它，才开始。", "en": "Only if a second diagnosis still names it. "}


def _facts(draft: Draft) -> frozenset[str]:
    """Return what holds of a campaign; its last comment is its present, so that no clock decides."""
    last = [row["last"] for row in draft.run("comments_overview") if row["last"] is not None]
    release = draft.campaign.release_at
    out = release is None or (bool(last) and release <= max(last))
    facts = {
        "box_office": bool(draft.run("boxoffice_by_day")),
        "no_box_office": not draft.run("boxoffice_by_day"),
        "hot_list": bool(draft.run("lists")),
        "spend": any(event.cost_cny for event in events(draft)),
        "nodes": bool(draft.run("nodes")),
        "circles": bool(draft.campaign.circles),
        "released": out,
        "unreleased": not out,
        "reversal": draft.campaign.film.intended_reversal,
    }
    return frozenset(name for name, holds in facts.items() if holds)


def _loudest(draft: Draft, known: Iterable[Form]) -> Form | None:
    """Return the first form of the platform that speaks most, among those that have one."""
    by_platform: dict[str, Form] = {}
    for form in known:
        by_platform.setdefault(form.platform, form)
    rows = sorted(draft.run("comments_overview"), key=lambda row: (-row["n"], row["platform"]))
    names = [str(row["platform"]) for row in rows if row["platform"] in by_platform]
    return by_platform[names[0]] if names else next(iter(by_platform.values()), None)
