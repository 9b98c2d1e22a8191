from datetime import UTC, datetime

from longtake.domain.node import Node
from reader_runs import SEEDS, kept, refused, run


def test_nodes_in_the_campaigns_words():
    rows = kept(run("longtake-nodes", SEEDS / "longtake-nodes.csv"))
    assert rows == [
        Node(
            "trailer-a", "trailer", 2, at=datetime(2024, 5, 18, 4, tzinfo=UTC), platform="weibo",
            title="预告A", text="有些信寄出去就没有回音", file="trailer-a.srt", entry="vote", owner="宣发组",
        ),
        Node("poster-1", "poster", 3, at=datetime(2024, 5, 18, 16, tzinfo=UTC), title="主海报", entry="none"),
        Node("talk", "interview", 4),
    ]  # fmt: skip


def test_no_entry_and_no_word_on_entries_differ():
    rows = kept(run("longtake-nodes", SEEDS / "longtake-nodes.csv"))
    assert [row.entry for row in rows] == ["vote", "none", None]


def test_a_node_without_a_name_or_with_an_unknown_entry_is_refused():
    assert refused(run("longtake-nodes", SEEDS / "longtake-nodes.csv")) == [(5, "id"), (6, "entry")]
