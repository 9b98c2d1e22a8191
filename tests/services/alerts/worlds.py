"""Reports that say one thing, for rules to look at."""

from datetime import UTC, datetime, timedelta

from longtake.domain.answers.report import Chart, Column, Report, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Evidence, Figure
from longtake.domain.receipt import FileReceipt, Refused

NOW = datetime(2031, 2, 1, 4, tzinfo=UTC)
START = datetime(2031, 1, 7, 16, tzinfo=UTC)


def figure(place, quantity, label="reproduction", **slots):
    return Figure(f"lamp:{place}", label, quantity, Evidence("rows.comments"), {"platform": "weibo", **slots})


def estimate(value, low=None, high=None, unit="per mention"):
    ends = (value if low is None else low, value if high is None else high)
    return Estimate(value, *ends, 0.9, unit, "renewal model", 470)


def report(*sections, receipts=(), name="灯下的人", campaign="lamp"):
    return Report(
        campaign=campaign, name=name, kind="short", release_at=START, sample=False, lead=(), strip=(),
        sections=sections, receipts=receipts, rows={},
    )  # fmt: skip


def split(quantity, *, slid=False):
    r = figure("split.reproduction.weibo", quantity)
    said = [Sentence("split_unnamed", {"reproduction": r}, {"platform": "weibo"})]
    if slid:
        told = {
            "severity": figure("split.severity.weibo", estimate(0.56, 0.41, 0.71, "share"), "severity"),
            "lost": figure("split.lost.weibo", estimate(757, 162, 3255, "comments"), "lost"),
        }
        said.append(Sentence("slump_wom_broke", told, {"when": START + timedelta(days=6)}))
    return Section("split", tuple(said), (r,))


def listed(*hours):
    """A list section in which the film was on the list in these hours, and looked for in all others."""
    rows = tuple((START + timedelta(hours=h), 5.0 if h in hours else None) for h in range(200))
    columns = (Column("hour", "time"), Column("rank", "number"))
    chart = Chart("list", "list_rank", "list", Table(columns, rows), "hour", "rank", "rank")
    return Section("list", (), (), (chart,))


def receipt(path, rows, refused, *, error=""):
    bad = tuple(Refused(n, "时间", "昨天", "a date") for n in range(refused))
    return FileReceipt(path, "weibo_comments", path.ljust(64, "0"), rows, rows - refused, 0, bad, error=error)
