"""Look at the campaigns, and put every new decision into the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from longtake.domain.answers.report import Report
from longtake.locale import catalogue
from longtake.services import evidence
from longtake.services.alerts.book import Alert, Book, Way, alone, load, save
from longtake.services.alerts.judge import RAISED, UNTOLD, Finding, findings
from longtake.services.alerts.message import body, harmless, title
from longtake.services.alerts.settings import AlertSettings, read
from longtake.services.campaigns import known as campaigns
from longtake.services.campaigns.target import target as campaign_of
from longtake.services.progress import Progress, Silent
from longtake.services.reports.assemble import assemble, figures_of
from longtake.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """What one rule found.

    Attributes:
        campaign: Where.
        rule: Its name.
        subject: What it looked at.
        state: raised, calm or untold.
        alert: The new decision; None when nothing changed.
    """

    campaign: str
    rule: str
    subject: str
    state: str
    alert: Alert | None


def check(
    workspace: Workspace,
    target: str | None = None,
    *,
    now: datetime,
    keep: bool = True,
    progress: Progress | None = None,
) -> tuple[Checked, ...]:
    """Measure campaigns and hold every rule against them.

    Args:
        workspace: Where the rules and the rows are.
        target: A campaign folder or a campaign's name; all campaigns of the workspace when None.
        now: Aware; decides what is due and is written beside a new decision, never into its id.
        keep: Whether states and new decisions are kept; otherwise nothing changes.
        progress: Where to show progress.

    Returns:
        What each rule found, in the order of campaigns and rules.

    Raises:
        AlertFileError: ``alerts.toml`` cannot be used.
        AlertsBusyError: Another run is at it.
        LongtakeError: A campaign cannot be read.
    """
    read(workspace)
    bar = progress or Silent()
    found = campaigns.known(workspace) if target is None else (campaign_of(workspace, target, None, bar),)
    bar.begin("measure", len(found))
    reports = []
    for campaign in found:
        report = assemble(workspace, campaign, rows=0)
        evidence.keep(workspace, campaign.id, figures_of(report))
        reports.append(report)
        bar.advance()
    return hold(workspace, reports, now=now, keep=keep)


def hold(
    workspace: Workspace, reports: Iterable[Report], *, now: datetime, keep: bool = True
) -> tuple[Checked, ...]:
    """Hold every rule that is not paused against reports; each change of state goes into the outbox.

    Args:
        workspace: Where the rules and the outbox are.
        reports: Whole, with receipts.
        now: Aware.
        keep: Whether states and new decisions are kept.

    Raises:
        AlertFileError: ``alerts.toml`` cannot be used.
        AlertsBusyError: Another run is at it.
    """
    settings = read(workspace)
    with alone(workspace):
        book = load(workspace)
        checked = tuple(
            one
            for report in reports
            for rule in settings.rules
            if not rule.paused
            for one in judged(
                book,
                findings(rule, report, now=now, raised=book.raised(report.campaign, rule.name)),
                report,
                settings,
                now,
            )
        )
        if keep:
            save(workspace, book)
    return checked


def judged(
    book: Book, found: tuple[Finding, ...], report: Report, settings: AlertSettings, now: datetime
) -> tuple[Checked, ...]:
    """Take findings over into a book; each change of state to raised becomes one decision."""
    out = []
    for one in found:
        name, alert = one.rule.name, None
        if one.state != UNTOLD:
            raised = one.state == RAISED
            key = book.change(report.campaign, name, one.subject, raised=raised, mark=one.mark)
            if key:
                alert = _alert(key, one, report, settings, now)
                book.alerts.append(alert)
        out.append(Checked(report.campaign, name, one.subject, one.state, alert))
    return tuple(out)


def _alert(key: str, found: Finding, report: Report, settings: AlertSettings, now: datetime) -> Alert:
    words = catalogue(settings.lang)
    rule = found.rule
    kind = rule.when if rule.when != "figure" else "below" if rule.below is not None else "above"
    first, second = rule.answers or (words.say(f"alert.first_{kind}"), words.say(f"alert.second_{kind}"))
    return Alert(
        key=key,
        campaign=report.campaign,
        rule=rule.name,
        title=title(report, settings.lang),
        body=body(found, report, settings, key),
        answers=(harmless(first), harmless(second)),
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
        ways={name: Way() for name in rule.to or settings.channels},
    )
