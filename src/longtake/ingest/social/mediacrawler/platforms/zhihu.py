"""Zhihu answers, articles and videos, and the comments under them."""

from longtake.ingest.social.mediacrawler.spec import AUTHOR, Shape

COMMENTS = Shape(
    platform="zhihu",
    table="comments",
    about="MediaCrawler, Zhihu comments (CSV, JSON, JSON Lines or the Comments sheet)",
    marks=frozenset({"comment_id", "content_id", "content", "publish_time"}),
    fields={
        "comment_id": "id",
        "parent_comment_id": "parent",
        "content": "text",
        "publish_time": "at",
        "ip_location": "region",
        "sub_comment_count": "replies",
        "like_count": "likes",
        "content_id": "node",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
    dropped=frozenset({"content_type", "dislike_count"}),
    escaped=True,
)

CONTENTS = Shape(
    platform="zhihu",
    table="contents",
    about="MediaCrawler, Zhihu answers and articles with their counters (CSV, JSON, JSON Lines or the sheet)",
    marks=frozenset({"content_id", "content_text", "voteup_count"}),
    without=frozenset({"comment_id"}),
    fields={
        "content_id": "id",
        "title": "title",
        "content_text": "text",
        "desc": "text",
        "created_time": "at",
        "voteup_count": "likes",
        "comment_count": "replies",
        "last_modify_ts": "seen",
        **AUTHOR,
    },
    metrics={"voteup_count": "likes", "comment_count": "comments"},
    dropped=frozenset({"content_type", "content_url", "question_id", "source_keyword", "updated_time"}),
    escaped=True,
)

SHAPES = (COMMENTS, CONTENTS)
