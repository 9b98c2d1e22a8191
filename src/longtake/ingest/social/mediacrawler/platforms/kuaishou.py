"""Kuaishou videos and the comments under them; its comments carry neither likes nor parents."""

from longtake.ingest.social.mediacrawler.spec import AUTHOR, Shape

COMMENTS = Shape(
    platform="kuaishou",
    table="comments",
    about="MediaCrawler, Kuaishou comments (CSV, JSON, JSON Lines or the Comments sheet)",
    marks=frozenset({"comment_id", "video_id", "create_time", "content", "last_modify_ts"}),
    without=frozenset({"parent_comment_id", "like_count", "sex", "note_id", "aweme_id"}),
    fields={
        "comment_id": "id",
        "create_time": "at",
        "video_id": "node",
        "content": "text",
        "sub_comment_count": "replies",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
)

CONTENTS = Shape(
    platform="kuaishou",
    table="contents",
    about="MediaCrawler, Kuaishou videos with their counters (CSV, JSON, JSON Lines or the Contents sheet)",
    marks=frozenset({"video_id", "title", "viewd_count"}),
    without=frozenset({"comment_id"}),
    fields={
        "video_id": "id",
        "title": "title",
        "desc": "text",
        "create_time": "at",
        "liked_count": "likes",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
    metrics={"liked_count": "likes", "viewd_count": "plays"},
    dropped=frozenset({"source_keyword", "video_cover_url", "video_play_url", "video_type", "video_url"}),
)

SHAPES = (COMMENTS, CONTENTS)
