"""Bilibili videos and the comments under them."""

from longtake.ingest.social.mediacrawler.spec import AUTHOR, Shape

COMMENTS = Shape(
    platform="bilibili",
    table="comments",
    about="MediaCrawler, Bilibili comments (CSV, JSON, JSON Lines or the Comments sheet)",
    marks=frozenset({"comment_id", "video_id", "content", "parent_comment_id"}),
    without=frozenset({"note_id", "aweme_id"}),
    fields={
        "comment_id": "id",
        "parent_comment_id": "parent",
        "create_time": "at",
        "video_id": "node",
        "content": "text",
        "sub_comment_count": "replies",
        "like_count": "likes",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
)

CONTENTS = Shape(
    platform="bilibili",
    table="contents",
    about="MediaCrawler, Bilibili videos with their counters (CSV, JSON, JSON Lines or the Contents sheet)",
    marks=frozenset({"video_id", "title", "video_play_count"}),
    without=frozenset({"comment_id"}),
    fields={
        "video_id": "id",
        "title": "title",
        "desc": "text",
        "create_time": "at",
        "liked_count": "likes",
        "video_comment": "replies",
        "video_share_count": "shares",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
    metrics={
        "liked_count": "likes",
        "disliked_count": "dislikes",
        "video_play_count": "plays",
        "video_favorite_count": "favourites",
        "video_share_count": "shares",
        "video_coin_count": "coins",
        "video_danmaku": "danmaku",
        "video_comment": "comments",
    },
    dropped=frozenset({"source_keyword", "video_cover_url", "video_type", "video_url"}),
)

SHAPES = (COMMENTS, CONTENTS)
