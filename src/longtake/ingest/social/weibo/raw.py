"""Posts as Weibo's own interfaces return them: single objects, or pages of cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from longtake.domain.comment import Comment
from longtake.domain.receipt import Item, Notice, Refused
from longtake.ingest.cells import Unfit
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.social.records import Numbering, child, flat, units
from longtake.ingest.social.weibo.post import Source, build_post
from longtake.ingest.social.weibo.verified import verified_type

_PAGES = frozenset({"data", "cards", "card_group", "mblog", "statuses", "list", "status"})
_READ = frozenset(
    {
        "attitudes_count", "comments_count", "created_at", "id", "idstr", "longText", "mid", "region_name",
        "reposts_count", "retweeted_status", "text", "text_raw", "user",
    }
)  # fmt: skip
_DROPPED = frozenset(
    {
        "ad_marked", "analysis_extra", "annotations", "attitudes_status", "bid", "bmiddle_pic", "can_edit",
        "cardid", "comment_manage_info", "content_auth", "darwin_tags", "edit_at", "edit_config",
        "edit_count",
        "extern_safe", "favorited", "fid", "geo", "hide_flag", "in_reply_to_screen_name",
        "in_reply_to_status_id", "in_reply_to_user_id", "isLongText", "is_imported_topic", "is_long_text",
        "is_paid", "is_show_bulletin", "item_category", "jump_type", "mark", "mblog_menu_new_style",
        "mblog_vip_type", "mblogid", "mblogtype", "mlevel", "more_info_type", "new_comment_style",
        "number_display_strategy", "obj_ext", "original_pic", "page_info", "pending_approval_count",
        "picStatus",
        "pic_bg_new", "pic_focus_point", "pic_ids", "pic_infos", "pic_num", "pic_types", "pic_video", "pics",
        "positive_recom_flag", "raw_text", "readtimetype", "region_opt", "repost_type", "reprint_cmt_count",
        "reward_exhibition_type", "rid", "safe_tags", "share_repost_type", "show_additional_indication",
        "show_feed_comment", "show_feed_repost", "show_mlevel", "show_picture_set", "source",
        "source_allowclick", "source_type", "tag_struct", "textLength", "thumbnail_pic", "title",
        "title_source", "topic_id", "topic_struct", "truncated", "url_struct", "visible", "weibo_position",
    }
)  # fmt: skip


class WeiboRaw:
    """Reads pages of cards, lists of statuses, or single posts, one a line."""

    name = "weibo-raw"
    about = "Weibo posts as its interfaces return them (mblog objects or pages of cards), JSON or JSON Lines"

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure the reader is, by the keys of the first record."""
        if head.form not in {"json", "jsonl"} or "weibo" in head.record:
            return 0.0
        counts = {"attitudes_count", "reposts_count"}
        if {"created_at", "text", "user"} | counts <= set(head.columns) | set(head.record):
            return 0.92
        inside = all(f'"{key}"' in head.text for key in ("created_at", "attitudes_count", "user"))
        return 0.9 if inside and ('"mblog"' in head.text or '"statuses"' in head.text) else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield the posts or the refusal of each status, in file order."""
        source, numbering = Source(context, instant(observed(context))), Numbering()
        strange: set[str] = set()
        for line, unit in units(path, context.head):
            if isinstance(unit, Refused):
                yield replace(unit, line=numbering.next(line))
                continue
            if not unit.keys() & _PAGES and not _is_status(unit):
                yield Refused(numbering.next(line), "*", ",".join(unit)[:80], "a post, or a page of posts")
            for status in _statuses(unit):
                number = numbering.next(line)
                strange.update(status.keys() - _READ - _DROPPED)
                try:
                    rows = tuple(_posts(status, number, source))
                except Unfit as unfit:
                    yield unfit.refused(number)
                    continue
                yield from rows
        if strange:
            yield Notice("unknown_columns", tuple(sorted(strange)))


def _is_status(unit: Mapping[str, object]) -> bool:
    return "attitudes_count" in unit or {"created_at", "text"} <= unit.keys()


def _statuses(unit: object) -> Iterator[Mapping[str, object]]:
    if isinstance(unit, list):
        for one in unit:
            yield from _statuses(one)
    elif isinstance(unit, dict):
        if _is_status(unit):
            yield unit
            return
        for key, value in unit.items():
            if key in _PAGES:
                yield from _statuses(value)


def _posts(status: Mapping[str, object], line: int, source: Source) -> Iterator[Comment]:
    passed = child(status, "retweeted_status")
    original = flat(passed, "id") or flat(passed, "mid")
    yield _post(status, line, source, original=original)
    if original:
        yield _post(passed, line, source, original="")


def _post(status: Mapping[str, object], line: int, source: Source, *, original: str) -> Comment:
    user = child(status, "user")
    whole = flat(child(status, "longText"), "longTextContent")
    return build_post(
        status,
        line,
        source,
        markup=whole or flat(status, "text") or flat(status, "text_raw"),
        at=flat(status, "created_at"),
        region=flat(status, "region_name"),
        user=flat(user, "id") or flat(user, "idstr") or flat(user, "screen_name"),
        kind=verified_type(flat(user, "verified_type")),
        original=original,
    )
