"""Template of comments: one utterance a row."""

from __future__ import annotations

from collections.abc import Mapping

from longtake.domain.comment import Comment
from longtake.domain.receipt import Refused, Row
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.identity import content_id
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.templates.columns import Column
from longtake.ingest.templates.engine import TemplateReader
from longtake.ingest.templates.words import PLATFORMS, term, yes
from longtake.ingest.values.hashtags import hashtags
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import count, ident, number
from longtake.ingest.values.region import region

COLUMNS = (
    Column("id", "The platform's id", "text; empty when there is none", "4900000000000001",
           ("评论id", "comment_id", "编号")),
    Column("platform", "Where it was written", "weibo, douyin, ... or 微博, 抖音, ...", "douban", ("平台",),
           required=True),
    Column("at", "When it was written", "time, Beijing unless an offset stands there", "2024-05-20 21:30",
           ("时间", "评论时间", "发布时间", "日期")),
    Column("author", "Who wrote it; kept only as a keyed hash", "", "甲", ("作者", "用户", "昵称")),
    Column("text", "What was written", "", "走出影院还在想那封信", ("内容", "评论", "评论内容", "正文"),
           required=True),
    Column("likes", "Likes when last seen", "persons; 1.2万 allowed", "32", ("点赞", "点赞数", "有用")),
    Column("rating", "Stars", "0.5 to 5", "4.5", ("评分", "星级")),
    Column("region", "City, province or country", "", "江苏", ("地区", "城市", "省份", "IP属地")),
    Column("verified", "Whether the platform marks a seen film", "yes or no (是, 否)", "yes",
           ("已观影", "购票", "认证观众")),
)  # fmt: skip


def build_comment(fields: Mapping[str, str], line: int, context: Context) -> list[Row] | Refused:
    """Return one Comment, or why the record is refused.

    Args:
        fields: Cells by column name; optional columns may be missing.
        line: 1-based line in the source file.
        context: The file's context.
    """
    try:
        return [_comment(fields, line, context)]
    except Unfit as unfit:
        return unfit.refused(line)


def _stars(raw: str) -> float | None:
    value = fit(number, raw, "rating").value
    if value is not None and not 0.5 <= value <= 5:
        raise Unfit("rating", raw, "stars from 0.5 to 5")
    return value


def _comment(fields: Mapping[str, str], line: int, context: Context) -> Comment:
    get = fields.get
    text = needed(get("text", ""), "text", "what was written")
    platform = term(PLATFORMS, get("platform", "")) or "other"
    taken = instant(observed(context))
    when = fit(lambda raw: moment(raw, observed_at=taken), get("at", ""), "at")
    author = get("author", "").strip()
    rating = _stars(get("rating", ""))
    return Comment(
        fit(ident, get("id", ""), "id") or content_id(platform, author, get("at", "").strip(), text),
        platform, "comment" if rating is None else "review", text, line,
        at=when.low, at_end=when.high, at_precision=when.precision,
        author=context.pseudonym(platform, author) if author else None,
        likes=fit(count, get("likes", ""), "likes"), rating=rating, region=region(get("region", "")),
        verified_viewer=yes(get("verified", ""), "verified"), topics=hashtags(text), observed_at=taken,
    )  # fmt: skip


READER = TemplateReader(
    "longtake-comments", "Longtake's template of comments: `longtake template comments`.", COLUMNS,
    build_comment,
)  # fmt: skip
