"""Every query gives the same rows in the same order on DuckDB and through Spark Connect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pytest
from pysail.spark import SparkConnectServer

from lake_samples import CAMPAIGN, nasty_lake, stand_in_score
from longtake.domain.figure import Evidence, Scalar
from longtake.store.catalogue import catalogue
from longtake.store.engines.connect import connect
from longtake.store.lake import Lake
from longtake.store.session import Session, open_session
from longtake.store.udf import batch_udf

BUYERS: Mapping[str, Scalar] = {"authors": f"{1:016x}\x1f{2:016x}", "verified": True}
CASES: Mapping[str, tuple[Mapping[str, Scalar], ...]] = {
    "author_kinds": ({}, {"platform": "weibo"}),
    "boxoffice_by_city": ({}, {"film": "长江与星", "basis": "gross"}),
    "boxoffice_by_day": ({}, {"film": "长江与星"}, {"basis": "net"}),
    "circle_by_day": ({}, {"platforms": "weibo\x1fdouyin", "words": "好\x1f烂", "regions": "北京"}, BUYERS),
    "circle_by_hour": ({}, {"platforms": "weibo\x1fdouyin", "words": "好\x1f烂", "regions": "北京"}, BUYERS),
    "circle_comments": ({}, {"platforms": "weibo\x1fdouyin", "words": "好\x1f烂", "regions": "北京"}, BUYERS),
    "circle_members": ({}, {"platforms": "weibo", "words": "好\x1f烂", "regions": "北京"}, BUYERS),
    "comments_by_day": (
        {},
        {"platform": "weibo", "kind": "comment"},
        {"platform": "x' OR '1'='1"},
        {"words": "好\x1f看"},
    ),
    "comments_by_day_platform": ({},),
    "comments_by_hour": ({}, {"platform": "douyin", "kind": "review"}),
    "comments_by_hour_platform": ({},),
    "comments_by_node": ({},),
    "comments_overview": ({},),
    "copies": ({}, {"at_least": 1}, {"at_least": 3, "platform": "weibo"}),
    "counters": ({}, {"words": "预告", "platform": "douyin", "metric": "plays"}),
    "cues_of": ({"node_id": "film"}, {"node_id": "none"}),
    "events_on_axis": ({},),
    "label_counts": (
        {},
        {"platforms": "weibo\x1fdouyin", "words": "烂"},
        {"regions": "台湾"},
        {"hour_from": "2022-01-05T10:00:00Z", "hour_to": "2022-01-05T12:00:00Z"},
        BUYERS,
    ),
    "label_counts_by_day": ({},),
    "label_counts_by_platform": ({},),
    "label_examples": ({"label": "share"}, {"label": "share", "value": "warn", "limit": 1}),
    "label_keys": ({"labels": "share\x1femotion"},),
    "list_presence": (
        {"words": "长江", "platform": "weibo", "metric": "hot"},
        {"words": "长江\x1f广告", "platform": "weibo", "metric": "hot", "subject_kind": "topic"},
    ),
    "list_snapshots": (
        {"platform": "weibo", "metric": "hot"},
        {"platform": "weibo", "metric": "hot", "subject_kind": "film"},
    ),
    "lists": ({},),
    "node_metrics": ({}, {"platform": "douyin", "metric": "plays"}),
    "nodes": ({},),
    "polarity_around": (
        {"platform": "weibo", "at": "2022-01-05T12:00:00Z"},
        {"platform": "none", "at": "2022-01-05T12:00:00Z"},
    ),
    "polarity_by_day": ({}, {"platform": "weibo", "kind": "comment"}),
    "polarity_by_platform": ({},),
    "polarity_by_source": ({},),
    "ratings_by_day": ({}, {"platform": "douyin"}),
    "referrals": ({},),
    "regions": ({}, {"platform": "douyin"}),
    "rows.boxoffice": (
        {},
        {
            "film": "长江与星",
            "basis": "gross",
            "city": "北京",
            "day_from": "2022-01-05",
            "day_to": "2022-01-05",
        },
        {"national": True, "source_file": "b/票房.xlsx"},
    ),
    "rows.comments": (
        {},
        {"contains": "'s \\ 100% _烂_ \""},
        {"text": "烂", "platform": "weibo", "kind": "comment", "polarity": "neg"},
        {"hour_from": "2022-01-05T10:00:00Z", "hour_to": "2022-01-05T20:00:00+08:00"},
        {"day_from": "2022-01-06", "day_to": "2022-01-07", "source_file": "a/评论.csv"},
        {"region": "unknown", "author_kind": "unknown"},
        {"region": "台湾", "rated": True, "scored": True},
        {"without_time": True},
        {"author_kind": "kol", "node_id": "none"},
        {"author_told": True, "located": True, "emotion": "happy"},
        {"platforms": "weibo\x1fdouyin", "regions": "北京\x1f台湾", "words": "好\x1f烂"},
        {"texts": "烂\x1f好看", "author_not": "official"},
        {**BUYERS, "verification_told": True},
    ),
    "rows.copies": ({}, {"at_least": 1, "platform": "weibo"}),
    "rows.cues": (
        {},
        {"node_id": "film", "contains": "'", "source_file": "b/节点.csv"},
        {"nodes": "film\x1ftrailer", "texts": "烂"},
    ),
    "rows.events": (
        {},
        {"kind": "ad", "platform": "weibo"},
        {"city": "北京", "source_file": "b/节点.csv"},
    ),
    "rows.labels": (
        {},
        {"label": "share", "value": "warn", "platform": "weibo", "regions": "北京"},
        {"label": "share", "hour_from": "2022-01-05T08:00:00Z", "hour_to": "2022-01-05T12:00:00Z"},
        {
            "named": "sha",
            "judged": True,
            "values": "warn\x1fbring",
            "platforms": "weibo\x1fdouyin",
            "words": "烂",
        },
        {"labels": "share\x1femotion", "nodes": "v1\x1fnone", **BUYERS},
        {"hour_from": "2022-01-05T10:00:00Z", "hour_to": "2022-01-05T12:00:00Z"},
    ),
    "rows.nodes": ({}, {"kind": "poster", "platform": "weibo"}, {"node_id": "n1"}),
    "rows.observations": (
        {},
        {"words": "江\x1f预告", "platform": "weibo", "metric": "hot", "subject_kind": "topic"},
        {"subject": "预告片", "kind": "cumulative", "node_id": "v1", "source_file": "a/plays.json"},
        {"hour_from": "2022-01-05T11:00", "hour_to": "2022-01-05T16:00"},
        {"day_from": "2022-01-05", "day_to": "2022-01-05", "without_time": False},
        {"without_time": True},
    ),
    "rows.referrals": ({}, {"channel": "unknown", "used": True}, {"arm": "A", "used": False}),
    "rows.script": ({}, {"node_id": "剧本", "kinds": "scene\x1fdialogue", "scene": 1, "speaker": "阿明"}),
    "script": ({},),
    "showings": ({}, {"film": "长江与星"}),
    "spoken": ({},),
    "telling_comments": (
        {"polarity": "pos"},
        {"polarity": "neg", "limit": 2, "platform": "weibo"},
    ),
    "top_comments": ({}, {"by": "pos", "limit": 3}, {"by": "neg", "limit": 3, "platform": "weibo"}),
    "topic_series": ({}, {"words": "长江\x1f广告", "platform": "weibo", "metric": "hot"}),
    "undated": ({},),
}
PARAMS = [(name, params) for name, cases in CASES.items() for params in cases]
RAN: set[str] = set()


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return nasty_lake(tmp_path_factory.mktemp("lake"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = SparkConnectServer()
    server.start(background=True)
    host, port = server.listening_address
    yield f"spark://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def duck(lake: Lake) -> Iterator[Session]:
    with open_session(lake, CAMPAIGN, engine="duckdb") as session:
        yield session


@pytest.fixture(scope="module")
def sail(lake: Lake, address: str) -> Iterator[Session]:
    with open_session(lake, CAMPAIGN, engine=address) as session:
        yield session


def answer(session: Session, name: str, params: Mapping[str, Scalar]) -> tuple[int, pa.Table]:
    if name.startswith("rows."):
        return session.rows(Evidence(name, params), limit=1000)
    found = session.run(name, **params)
    return found.num_rows, found


@pytest.mark.parametrize(("name", "params"), PARAMS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(PARAMS)])
def test_engines_agree_to_the_last_row(
    duck: Session, sail: Session, name: str, params: Mapping[str, Scalar]
) -> None:
    here, there = answer(duck, name, params), answer(sail, name, params)
    assert here[1].schema == there[1].schema
    assert here[0] == there[0] == here[1].num_rows
    assert here[1].to_pylist() == there[1].to_pylist()
    RAN.add(name)


def test_every_query_was_compared() -> None:
    assert set(CASES) == set(catalogue())
    assert set(CASES) == RAN
    assert len(RAN) == 51


def test_every_parameter_is_used_by_some_case() -> None:
    used = {(name, parameter) for name, params in PARAMS for parameter in params}
    assert used == {
        (name, parameter) for name, query in catalogue().items() for parameter in query.parameters
    }


def test_every_query_without_filters_has_rows(duck: Session) -> None:
    empty = [
        name for name, params in ((n, c[0]) for n, c in CASES.items()) if answer(duck, name, params)[0] == 0
    ]
    assert empty == []


def test_an_empty_campaign_answers_everything_with_the_same_columns(
    tmp_path_factory: pytest.TempPathFactory, duck: Session, address: str
) -> None:
    nothing = Lake(tmp_path_factory.mktemp("empty"))
    with (
        open_session(nothing, "none", engine="duckdb") as session,
        open_session(nothing, "none", engine=address) as remote,
    ):
        for name, cases in CASES.items():
            total, rows = answer(session, name, cases[0])
            assert rows.schema == answer(duck, name, cases[0])[1].schema, name
            assert (total, rows.num_rows) == ((4, 4) if name == "undated" else (0, 0)), name
            assert answer(remote, name, cases[0])[1].to_pylist() == rows.to_pylist(), name


def test_own_functions_see_no_nulls_on_either_engine(
    address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = pa.table({"row": [1, 2, 3, 4], "text": pa.array(["好看", None, "", "烂😀"], pa.string())})
    answers = []
    for name in ("duckdb", address):
        engine = connect(name, spill=tmp_path_factory.mktemp("spill"))
        table = engine.small("texts", texts)
        scored = batch_udf(engine, "stand_in", stand_in_score)(table.text)
        answers.append(engine.fetch(table.select("row", score=scored).order_by("row"))["score"].to_pylist())
        engine.close()
    assert answers[0] == answers[1] == [0.5, None, None, -0.5]
    assert np.isfinite([value for value in answers[0] if value is not None]).all()
