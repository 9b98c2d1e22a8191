"""Xiaohongshu notes and the comments under them."""

from longtake.ingest.social.mediacrawler.spec import AUTHOR, Shape

COMMENTS = Shape(
    platform="xiaohongshu",
    table="comments",
    about="MediaCrawler, Xiaohongshu comments (CSV, JSON, JSON Lines or the Comments sheet)",
    marks=frozenset({"comment_id", "note_id", "create_time", "content", "last_modify_ts"}),
    without=frozenset({"comment_like_count", "create_date_time", "tieba_name", "aweme_id", "video_id"}),
    fields={
        "comment_id": "id",
        "create_time": "at",
        "ip_location": "region",
        "note_id": "node",
        "content": "text",
        "sub_comment_count": "replies",
        "parent_comment_id": "parent",
        "last_modify_ts": "seen",
        "like_count": "likes",
        **AUTHOR,
    },
    dropped=frozenset({"pictures"}),
)

CONTENTS = Shape(
    platform="xiaohongshu",
    table="contents",
    about="MediaCrawler, Xiaohongshu notes with their counters (CSV, JSON, JSON Lines or the Contents sheet)",
    marks=frozenset({"note_id", "title", "time", "liked_count", "collected_count"}),
    without=frozenset({"comment_id"}),
    fields={
        "note_id": "id",
        "title": "title",
        "desc": "text",
        "time": "at",
        "liked_count": "likes",
        "comment_count": "replies",
        "share_count": "shares",
        "ip_location": "region",
        "tag_list": "tags",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
    metrics={
        "liked_count": "likes",
        "collected_count": "favourites",
        "comment_count": "comments",
        "share_count": "shares",
    },
    dropped=frozenset(
        {"image_list", "last_update_time", "note_url", "source_keyword", "type", "video_url", "xsec_token"}
    ),
)

SHAPES = (COMMENTS, CONTENTS)
