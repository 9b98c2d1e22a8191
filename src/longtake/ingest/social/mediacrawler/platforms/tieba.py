"""Tieba threads and the replies in them; times are text, dates may be unpadded."""

from longtake.ingest.social.mediacrawler.spec import AUTHOR, Shape

COMMENTS = Shape(
    platform="tieba",
    table="comments",
    about="MediaCrawler, Tieba replies (CSV, JSON, JSON Lines or the Comments sheet)",
    marks=frozenset({"comment_id", "note_id", "tieba_name", "content"}),
    fields={
        "comment_id": "id",
        "parent_comment_id": "parent",
        "parment_comment_id": "parent",
        "content": "text",
        "publish_time": "at",
        "ip_location": "region",
        "sub_comment_count": "replies",
        "note_id": "node",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
    dropped=frozenset({"note_url", "tieba_id", "tieba_link", "tieba_name"}),
    escaped=True,
)

CONTENTS = Shape(
    platform="tieba",
    table="contents",
    about="MediaCrawler, Tieba threads with their counters (CSV, JSON, JSON Lines or the Contents sheet)",
    marks=frozenset({"note_id", "title", "tieba_name", "total_replay_num"}),
    without=frozenset({"comment_id"}),
    fields={
        "note_id": "id",
        "title": "title",
        "desc": "text",
        "publish_time": "at",
        "total_replay_num": "replies",
        "ip_location": "region",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
    metrics={"total_replay_num": "comments"},
    dropped=frozenset({"note_url", "source_keyword", "tieba_link", "tieba_name", "total_replay_page"}),
    escaped=True,
)

SHAPES = (COMMENTS, CONTENTS)
