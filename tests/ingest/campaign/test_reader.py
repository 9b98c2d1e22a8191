from __future__ import annotations

from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.domain.receipt import Notice
from longtake.ingest.campaign.reader import READER
from longtake.ingest.peek import peek
from longtake.ingest.reader import Context

TEXT = """[campaign]
name = "河边的钟"
mood = "quiet"

[[event]]
kind = "ad"
start = 2026-01-08T10:00:00+08:00
cost_cny = 200000

[[node]]
id = "trailer-1"
kind = "trailer"

[[event]]
kind = "kol"
start = 2026-01-09T10:00:00+08:00
"""


def test_events_and_nodes_carry_the_lines_they_stand_on(tmp_path):
    path = tmp_path / "any.name"
    path.write_text(TEXT, "utf-8")
    head = peek(path)
    assert READER.sniff(head, path) > 0.9
    items = list(READER.read(path, Context(head, None, lambda *_: "x", path.name)))
    assert items[0] == Notice("unknown_columns", ("campaign.mood",))
    assert [(type(row), row.source_line) for row in items[1:]] == [(Event, 5), (Node, 10), (Event, 14)]
    assert items[1].cost_cny == 200000.0
    assert items[3].cost_cny is None
