"""Every screen of a measured campaign: how long the server takes, and how much the first page weighs.

    longtake bench web [--comments 100000] [--requests 20] [--workspace FOLDER] [--write]

The brand short's sample files and as many invented Weibo comments as asked for are imported and measured;
then every route of the campaign is asked for again and again in one process, without a network.
`--workspace` keeps the measured campaign for the next run.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._page import Page
from benchmarks.imports import write_comments
from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.trial import Trial
from longtake.services import trials
from longtake.services.campaigns import known as campaigns
from longtake.services.imports.add import add
from longtake.services.measured.kept import Kept, kept
from longtake.services.measured.measure import keep_rows, measure
from longtake.services.plans.running import chain
from longtake.services.plans.running.adopt import adopt
from longtake.services.plans.running.desk import desk_of
from longtake.services.upkeep.serving import prepare
from longtake.services.work import described
from longtake.services.work.sample import FILE
from longtake.services.workspace import Workspace
from longtake.simulate import exports
from longtake.simulate.campaign import short_campaign

SAMPLE = "lamplight"
SCREEN_MS, FIRST_BYTES = 300.0, 350_000
AWAY = frozenset({"acts-csv", "rows-csv", "workbook", "figures-json", "chart-xlsx", "chart-csv"})
"""Routes that hand a file over; they are timed too, but no page waits for them."""
FEW = 3
BY_FORM = frozenset(
    {
        "annotate",
        "annotation-drop",
        "undo",
        "map",
        "measure",
        "event-put",
        "event-drop",
        "node-put",
        "node-drop",
        "card-put",
        "card-move",
        "card-drop",
        "invite",
        "member-drop",
        "withdraw",
        "alert-look",
        "alert-trial",
        "rule-put",
        "rule-pause",
        "rule-drop",
        "channel-put",
        "channel-drop",
        "alert-answer",
        "plan-adopt",
        "plan-learn",
        "plan-remember",
        "plan-power",
        "plan-edit",
        "plan-lock",
        "plan-start",
        "plan-look",
        "plan-judge",
        "plan-extend",
        "plan-stop",
        "plan-roll",
    }
)
"""Routes that take a form and show no page of a measured campaign; `plan-power` answers a lock's form."""

OF_FINISHED = frozenset({"paper", "plan-rows", "trial-verdict"})
"""Routes that need a written document, a stage that was locked or a trial that was judged."""
OF_TRIALS = frozenset({"trial-power", "trial-start", "trial-rows", "trial-look", "trial-judge"})
"""Routes of a trial that take a form."""


def main(arguments: list[str] | None = None) -> None:
    """Ask for every route and print the table."""
    parser = argparse.ArgumentParser(description="Web benchmark.")
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--workspace", type=Path, help="keep the measured campaign here, and use it again")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/web.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="longtake-bench-") as scratch:
        workspace = Workspace(options.workspace or Path(scratch) / "workspace")
        prepare(workspace, sample=False)
        name, seconds = _measured(workspace, Path(scratch), options.comments)
        rows = list(_timed(workspace, name, options.requests))
        weight = _first_page(name)
    slow = [row[0] for row in rows if float(row[2]) > SCREEN_MS and row[0].split()[0] not in AWAY]
    told = f"{weight / 1000:.0f} kB of {FIRST_BYTES / 1000:.0f} kB"
    page = Page(
        name="web",
        title={"en": "Web", "zh": "网页"},
        intro={
            "en": f"One campaign with {options.comments:,} comments{seconds}. {options.requests} requests a "
            "route in one process, no network; milliseconds on the server, queries of the records, bytes "
            f"before compression. Bar for a screen: {SCREEN_MS:.0f} ms at the median. First page with styles "
            f"and scripts, compressed as served: {told}. Over the bar: {', '.join(slow) or 'none'}. Files to "
            "take along are timed as well; no page waits for them.",
            "zh": f"一部影片，{options.comments:,} 条评论。每个地址在同一进程里请求 {options.requests} 次，"
            "不经网络；毫秒是服务器用时，查询数是对记录库的查询，字节未压缩。"
            f"页面的要求：中位数不超过 {SCREEN_MS:.0f} 毫秒。首页连同样式和脚本，按实际压缩后："
            f"{weight / 1000:.0f} kB（上限 {FIRST_BYTES / 1000:.0f} kB）。"
            f"超过要求的：{'、'.join(slow) or '没有'}。带走的文件也计时，但没有页面等它们。",
        },
        header={
            "en": ("route", "requests", "median, ms", "95 %, ms", "queries", "bytes"),
            "zh": ("地址", "次数", "中位数（毫秒）", "95%（毫秒）", "查询数", "字节"),
        },
        rows=rows,
    )
    page.show()
    if options.write:
        page.write()


def addresses(
    found: Kept, stages: Sequence[str] = (), designed: Sequence[str] = ()
) -> dict[str, list[dict[str, str]]]:
    """Return what every route of a campaign is asked with, by the route's name.

    Args:
        found: The measured campaign.
        stages: Ids of the stages of its plan, in their order; the page of the first is asked for.
        designed: Ids of its trials; the page of the first is asked for.

    Raises:
        ValueError: The application has a route that is neither asked for here nor known to take a form.
    """
    from longtake.render.inventory import slug
    from longtake.web import urls
    from longtake.web.pages.screens import MORE, SCREENS, of_screen

    charts = [chart.id for name in found.sections for chart in found.section(name).charts]
    figures = sorted(found.figures())
    widest = max(figures, key=lambda name: (rows.total if (rows := found.rows(name)) else 0, name))
    screens = [screen for screen in (*SCREENS, MORE) if of_screen(screen, found.sections)]
    asked: dict[str, list[dict[str, str]]] = {
        **{
            name: [{}]
            for name in (
                "overview",
                "workbook",
                "figures-json",
                "files",
                "card",
                "ledger",
                "nodes",
                "board",
                "assets",
            )
        },
        **{name: [{}] for name in ("members", "acts", "acts-csv", "share", "search", "papers", "alerts")},
        **{name: [{}] for name in ("plan", "plan-history", "plan-retrospective", "plan-dual", "plan-memory")},
        "plan-stage": [{"stage": stage} for stage in stages[:1]],
        **{name: [{}] for name in ("trials", "trial-new")},
        **{name: [{"trial": trial} for trial in designed[:1]] for name in ("trial", "trial-template")},
        "screen": [{"screen": screen} for screen in screens],
        "section": [
            {"screen": screen, "section": section}
            for screen in screens
            for section in of_screen(screen, found.sections)[1:]
        ],
        "rows": [{"figure": widest}],
        "rows-csv": [{"figure": widest}],
        **{name: [{"chart": slug(charts[0])}] for name in ("chart-live", "chart-csv", "chart-xlsx")},
        "receipt": [{"number": ""}],
    }
    own = {
        str(route.name) for route in urls.urlpatterns if str(getattr(route, "pattern", "")).startswith(urls.C)
    }
    if unasked := own - asked.keys() - BY_FORM - OF_FINISHED - OF_TRIALS:
        raise ValueError(f"no request is known for the routes {sorted(unasked)}")
    return asked


def _measured(workspace: Workspace, scratch: Path, comments: int) -> tuple[str, str]:
    """Import and measure the campaign unless the workspace holds it; return its id and how long it took."""
    files = exports.samples()[SAMPLE]
    folder = scratch / SAMPLE
    for relative, content in files.items():
        path = folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    campaign = campaigns.remember(workspace, folder / FILE).id
    if kept(workspace, campaign) is not None:
        return campaign, ""
    (folder / FILE).unlink()
    own = len(short_campaign().comments)
    if comments > own:
        more = folder / "weibo" / "csv" / "search_comments_2026-01-27.csv"
        write_comments(more, comments - own)
    begun = time.perf_counter()
    add(workspace, campaign, [folder], relative_to=folder)
    described.follow(workspace, campaign)
    read = time.perf_counter()
    measure(workspace, campaign)
    measured = time.perf_counter()
    keep_rows(workspace, campaign)
    kept_all = time.perf_counter()
    return campaign, (
        f" (imported in {read - begun:.0f} s, measured in {measured - read:.0f} s, rows behind every figure "
        f"found in {kept_all - measured:.0f} s)"
    )


def _timed(workspace: Workspace, campaign: str, requests: int) -> Iterator[list[str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    found = kept(workspace, campaign)
    if found is None:
        raise RuntimeError("the campaign is not measured")
    client = _client()
    number = next(iter(workspace.lake.commits(campaign))).import_id
    for name, given in addresses(found, _stages(workspace, campaign), _trials(workspace, campaign)).items():
        for one in given:
            slots = {**one, "number": number} if "number" in one else one
            address = reverse(name, kwargs={"campaign": campaign, **slots})
            if name == "search":
                address += "?q=评论"
            spent, size, queries = [], 0, 0
            times = min(requests, FEW) if name in AWAY else requests
            for _ in range(times):
                with CaptureQueriesContext(connection) as asked:
                    begun = time.perf_counter()
                    size = _size(client.get(address))
                    spent.append((time.perf_counter() - begun) * 1000)
                queries = len(asked)
            median, high = np.quantile(spent, [0.5, 0.95])
            said = " ".join([name, *(value for key, value in one.items() if key in {"screen", "section"})])
            yield [said, str(times), f"{median:.1f}", f"{high:.1f}", str(queries), f"{size:,}"]


def _stages(workspace: Workspace, campaign: str) -> tuple[str, ...]:
    """Adopt a drafted plan unless there is one; return the ids of its stages."""
    if chain.load(workspace, campaign).plan is None:
        with desk_of(
            workspace, campaigns.find(workspace, campaign), who="bench", at=datetime.now(UTC)
        ) as desk:
            adopt(desk, lang="zh")
    return tuple(life.id for life in chain.load(workspace, campaign).lives)


def _trials(workspace: Workspace, campaign: str) -> tuple[str, ...]:
    """Design a trial of two versions unless there is one; return the ids of all."""
    if not trials.ids(workspace, campaign):
        made = Trial(
            "bench",
            campaign,
            "?",
            "any_look",
            (Arm("a"), Arm("b")),
            (Metric("finish", baseline=0.3),),
            "viewer",
            "us",
            planned_units=8000,
            minimum=0.03,
        )
        trials.design(workspace, made, by="bench", now=datetime.now(UTC))
    return trials.ids(workspace, campaign)


def _first_page(campaign: str) -> int:
    """Return the bytes of the overview and everything it loads before anybody touches a chart."""
    from django.urls import reverse

    client = _client()
    packed = {"HTTP_ACCEPT_ENCODING": "gzip"}
    page = client.get(reverse("overview", kwargs={"campaign": campaign}), **packed)
    text = client.get(reverse("overview", kwargs={"campaign": campaign})).content.decode()
    loaded = set(re.findall(r'(?:<script[^>]* src|<link[^>]* href)="(/[^"]+)"', text))
    return _size(page) + sum(_size(client.get(address, **packed)) for address in sorted(loaded))


def _client() -> Any:
    from django.test import Client

    from longtake.records.models import Person

    owner, _ = Person.objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner)
    return client


def _size(answer: Any) -> int:
    """Return the length of an answer's body.

    Raises:
        RuntimeError: The answer is no page.
    """
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    if answer.streaming:
        return sum(len(part) for part in answer.streaming_content)
    return len(answer.content)


if __name__ == "__main__":
    main()
