"""Douyin works and the comments under them."""

from longtake.ingest.social.mediacrawler.spec import AUTHOR, Shape

COMMENTS = Shape(
    platform="douyin",
    table="comments",
    about="MediaCrawler, Douyin comments (CSV, JSON, JSON Lines or the Comments sheet)",
    marks=frozenset({"comment_id", "aweme_id", "content"}),
    fields={
        "comment_id": "id",
        "create_time": "at",
        "ip_location": "region",
        "aweme_id": "node",
        "content": "text",
        "sub_comment_count": "replies",
        "like_count": "likes",
        "last_modify_ts": "seen",
        "parent_comment_id": "parent",
        **AUTHOR,
    },
    dropped=frozenset({"pictures"}),
)

CONTENTS = Shape(
    platform="douyin",
    table="contents",
    about="MediaCrawler, Douyin works with their counters (CSV, JSON, JSON Lines or the Contents sheet)",
    marks=frozenset({"aweme_id", "title", "liked_count"}),
    without=frozenset({"comment_id"}),
    fields={
        "aweme_id": "id",
        "title": "title",
        "desc": "text",
        "create_time": "at",
        "liked_count": "likes",
        "comment_count": "replies",
        "share_count": "shares",
        "ip_location": "region",
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
        {
            "aweme_type",
            "aweme_url",
            "cover_url",
            "music_download_url",
            "note_download_url",
            "source_keyword",
            "video_download_url",
        }
    ),
)

SHAPES = (COMMENTS, CONTENTS)
