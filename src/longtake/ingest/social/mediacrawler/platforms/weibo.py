"""Weibo posts and the comments under them."""

from longtake.ingest.social.mediacrawler.spec import AUTHOR, Shape

COMMENTS = Shape(
    platform="weibo",
    table="comments",
    about="MediaCrawler, Weibo comments (CSV, JSON, JSON Lines or the Comments sheet)",
    marks=frozenset({"comment_id", "note_id", "content", "comment_like_count"}),
    fields={
        "comment_id": "id",
        "create_time": "at",
        "create_date_time": "at_text",
        "note_id": "node",
        "content": "text",
        "sub_comment_count": "replies",
        "comment_like_count": "likes",
        "last_modify_ts": "seen",
        "ip_location": "region",
        "parent_comment_id": "parent",
        **AUTHOR,
    },
    escaped=True,
)

CONTENTS = Shape(
    platform="weibo",
    table="contents",
    about="MediaCrawler, Weibo posts with their counters (CSV, JSON, JSON Lines or the Contents sheet)",
    marks=frozenset({"note_id", "content", "comments_count", "shared_count"}),
    without=frozenset({"comment_id"}),
    fields={
        "note_id": "id",
        "content": "text",
        "create_time": "at",
        "create_date_time": "at_text",
        "liked_count": "likes",
        "comments_count": "replies",
        "shared_count": "shares",
        "last_modify_ts": "seen",
        "ip_location": "region",
        **AUTHOR,
    },
    metrics={"liked_count": "likes", "comments_count": "comments", "shared_count": "shares"},
    dropped=frozenset({"note_url", "source_keyword", "image_list", "video_url"}),
    escaped=True,
)

SHAPES = (COMMENTS, CONTENTS)
