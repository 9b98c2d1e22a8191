"""How long each route takes in this process, without a network."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.web_parts.addresses import Slots
from benchmarks.web_parts.furnish import UNKNOWN

AWAY = frozenset(
    {"acts-csv", "rows-csv", "workbook", "figures-json", "chart-xlsx", "chart-csv", "paper", "trial-template"}
)
"""Routes that hand a file over; they are timed too, but no page waits for them."""
ONLY_FORMS = 405
FEW = 3
ASKED: Mapping[str, str] = {
    "search": "?q=评论",
    "map": f"?file={UNKNOWN}",
}
"""What is asked for besides the address."""
REFUSALS = frozenset({("trial-figure", 422), ("trial-figure", 404)})
"""Answers that are pages although they refuse: the trial that is furnished has no rows yet."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One address of a route.

    Attributes:
        name: The route, and the screen, section or document it was asked for.
        requests: How often it was asked.
        busy: Milliseconds of processor time, the median; what the server takes on a machine of its own.
        median: Milliseconds that passed, the median; neighbours on the machine count.
        high: Milliseconds that 95 % of the requests stayed below.
        queries: Queries of the records.
        size: Bytes before compression.
    """

    name: str
    requests: int
    busy: float
    median: float
    high: float
    queries: int
    size: int

    @property
    def page(self) -> bool:
        """Whether a person waits for it."""
        return self.name.split()[0] not in AWAY

    @property
    def cells(self) -> list[str]:
        """Its row of the table."""
        told = (
            f"{self.busy:.1f}",
            f"{self.median:.1f}",
            f"{self.high:.1f}",
            str(self.queries),
            f"{self.size:,}",
        )
        return [self.name, str(self.requests), *told]


def client(person: Any) -> Client:
    """Return a browser of a person."""
    made = Client(SERVER_NAME="127.0.0.1")
    made.force_login(person)
    return made


def timed(
    asks: Client, campaign: str, asked: Mapping[str, Sequence[Slots]], requests: int
) -> Iterator[Timed | str]:
    """Yield the times of every address; the name alone of a route that only takes forms.

    Raises:
        RuntimeError: An answer is no page.
    """
    for name, every in asked.items():
        for slots in every:
            address = reverse(name, kwargs={"campaign": campaign, **slots}) + ASKED.get(name, "")
            first = asks.get(address)
            if first.status_code == ONLY_FORMS:
                yield name
                continue
            spent, worked, size, queries = [], [], 0, 0
            for _ in range(min(requests, FEW) if name in AWAY else requests):
                with CaptureQueriesContext(connection) as found:
                    begun, busy = time.perf_counter(), time.process_time()
                    size = _size(name, asks.get(address))
                    worked.append((time.process_time() - busy) * 1000)
                    spent.append((time.perf_counter() - begun) * 1000)
                queries = len(found)
            median, high = np.quantile(spent, [0.5, 0.95])
            shown = [
                str(value) for slot, value in slots.items() if slot in {"screen", "section", "kind", "form"}
            ]
            told = " ".join([name, *shown])
            yield Timed(told, len(spent), float(np.median(worked)), float(median), float(high), queries, size)


def first_page(asks: Client, campaign: str) -> int:
    """Return the bytes of the overview and everything it loads before anybody touches a chart, as served."""
    packed = {"HTTP_ACCEPT_ENCODING": "gzip"}
    address = reverse("overview", kwargs={"campaign": campaign})
    text = asks.get(address).content.decode()
    loaded = set(re.findall(r'(?:<script[^>]* src|<link[^>]* href)="(/[^"]+)"', text))
    return sum(_size("overview", asks.get(one, **packed)) for one in (address, *sorted(loaded)))


def _size(name: str, answer: Any) -> int:
    if answer.status_code != 200 and (name, answer.status_code) not in REFUSALS:
        raise RuntimeError(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    if answer.streaming:
        return sum(len(part) for part in answer.streaming_content)
    return len(answer.content)
