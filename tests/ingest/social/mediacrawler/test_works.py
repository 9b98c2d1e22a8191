from datetime import UTC, datetime, timedelta

import pytest

from longtake.domain.comment import Comment
from longtake.domain.observation import Observation
from longtake.domain.receipt import Refused
from longtake.domain.timed.moment import Precision

AT = 1_716_200_000
SEEN = 1_716_206_400_000
WROTE = datetime.fromtimestamp(AT, UTC)
FETCHED = datetime.fromtimestamp(SEEN // 1000, UTC)
BILIBILI = {
    "video_id": "115",
    "video_type": "video",
    "title": "长灯 完整版",
    "desc": "守了四十年",
    "create_time": AT,
    "creator_hash": "0123456789abcdef",
    "nickname": "长***方",
    "liked_count": "12",
    "disliked_count": "0",
    "video_play_count": "3.3万",
    "video_favorite_count": "45",
    "video_share_count": "9",
    "video_coin_count": "61",
    "video_danmaku": "18",
    "video_comment": "",
    "last_modify_ts": SEEN,
    "video_url": "",
    "video_cover_url": "",
    "source_keyword": "长灯",
}
WEIBO = {
    "note_id": "400",
    "content": "今晚见 #长灯#",
    "create_time": AT,
    "create_date_time": "",
    "liked_count": "1万+",
    "comments_count": "2",
    "shared_count": "3",
    "last_modify_ts": SEEN,
    "note_url": "",
    "ip_location": "发布于 广东",
    "user_id": "77",
    "nickname": "阿雨",
    "gender": "f",
    "profile_url": "u",
    "avatar": "a",
    "source_keyword": "",
}
DOUYIN = {
    "aweme_id": "801",
    "aweme_type": "0",
    "title": "",
    "desc": "",
    "create_time": AT,
    "creator_hash": "",
    "nickname": "*",
    "liked_count": "None",
    "collected_count": "12",
    "comment_count": "4",
    "share_count": "5",
    "last_modify_ts": SEEN,
    "aweme_url": "",
    "cover_url": "",
    "video_download_url": "",
    "source_keyword": "",
}
XHS = {
    "note_id": "664a",
    "type": "normal",
    "title": "",
    "desc": "九张剧照" * 20,
    "video_url": "",
    "time": AT * 1000,
    "last_update_time": 0,
    "creator_hash": "",
    "nickname": "*",
    "liked_count": "10+",
    "collected_count": "1.1万",
    "comment_count": "0",
    "share_count": None,
    "image_list": "",
    "tag_list": "长灯,短片",
    "last_modify_ts": SEEN,
    "note_url": "",
    "source_keyword": "",
    "xsec_token": "t",
}
KUAISHOU = {
    "video_id": "3xa",
    "video_type": "1",
    "title": "一夜",
    "desc": "一夜",
    "create_time": AT * 1000,
    "creator_hash": "",
    "nickname": "*",
    "liked_count": "8",
    "viewd_count": "318w",
    "last_modify_ts": SEEN,
}
ZHIHU = {
    "content_id": "35",
    "content_type": "zvideo",
    "content_text": "",
    "content_url": "",
    "question_id": "",
    "title": "混剪",
    "desc": "三分钟",
    "created_time": AT,
    "updated_time": 0,
    "voteup_count": 7,
    "comment_count": 0,
    "source_keyword": "",
    "user_id": "zu1",
    "user_link": "l",
    "user_nickname": "剪刀",
    "last_modify_ts": SEEN,
}
TIEBA = {
    "note_id": "902",
    "title": "结局讨论",
    "desc": "等到了",
    "note_url": "",
    "publish_time": "2024-05-20 18:13:20",
    "creator_hash": "",
    "user_nickname": "楼*",
    "tieba_name": "长灯吧",
    "tieba_link": "",
    "total_replay_num": 2048,
    "total_replay_page": 40,
    "source_keyword": "",
    "last_modify_ts": SEEN,
}


def counters(items):
    return {item.metric: item.value for item in items if isinstance(item, Observation)}


@pytest.mark.parametrize(
    ("record", "platform", "text", "metrics"),
    [
        (WEIBO, "weibo", "今晚见 #长灯#", {"likes": 10000, "comments": 2, "shares": 3}),
        (DOUYIN, "douyin", "", {"favourites": 12, "comments": 4, "shares": 5}),
        (XHS, "xiaohongshu", "九张剧照" * 20, {"likes": 10, "favourites": 11000, "comments": 0}),
        (
            BILIBILI,
            "bilibili",
            "长灯 完整版\n守了四十年",
            {
                "likes": 12,
                "dislikes": 0,
                "plays": 33000,
                "favourites": 45,
                "shares": 9,
                "coins": 61,
                "danmaku": 18,
            },
        ),
        (KUAISHOU, "kuaishou", "一夜", {"likes": 8, "plays": 3180000}),
        (ZHIHU, "zhihu", "混剪\n三分钟", {"likes": 7, "comments": 0}),
        (TIEBA, "tieba", "结局讨论\n等到了", {"comments": 2048}),
    ],
)
def test_every_platform_gives_a_post_and_the_counters_it_shows(desk, record, platform, text, metrics):
    items = desk.lines("a.jsonl", record)
    post = items[0]
    assert (post.platform, post.kind, post.text, post.at, post.observed_at) == (
        platform,
        "post",
        text,
        WROTE,
        FETCHED,
    )
    assert counters(items) == metrics


def test_a_counter_carries_its_subject_its_time_and_its_bound(desk, hide):
    post, likes, *_ = desk.lines("a.jsonl", WEIBO)
    second = timedelta(seconds=1)
    assert post == Comment(
        "400",
        "weibo",
        "post",
        "今晚见 #长灯#",
        1,
        at=WROTE,
        at_end=WROTE + second,
        at_precision=Precision.SECOND,
        author=hide("weibo", "77"),
        likes=10000,
        replies=2,
        shares=3,
        region="广东",
        topics="#长灯#",
        observed_at=FETCHED,
    )
    assert likes == Observation(
        "今晚见 #长灯#",
        "node",
        "weibo",
        "likes",
        10000.0,
        "cumulative",
        1,
        at=FETCHED,
        at_end=FETCHED + second,
        at_precision=Precision.SECOND,
        censored="above",
        raw="1万+",
        subject_at=WROTE,
        node_id="400",
        observed_at=FETCHED,
    )


@pytest.mark.parametrize(
    ("record", "subject"),
    [(BILIBILI, "长灯 完整版"), (XHS, "九张剧照" * 15), (DOUYIN, "801")],
)
def test_the_subject_is_the_title_else_sixty_characters_else_the_id(desk, record, subject):
    assert {item.subject for item in desk.lines("a.jsonl", record)[1:]} == {subject}


def test_without_a_fetch_time_the_day_of_the_name_is_all_that_is_known(desk):
    items = desk.lines("search_contents_2024-05-21.jsonl", KUAISHOU | {"last_modify_ts": ""})
    day = datetime(2024, 5, 20, 16, tzinfo=UTC)
    assert {(one.at, one.at_end, one.at_precision) for one in items[1:]} == {
        (day, day + timedelta(days=1), Precision.DAY)
    }


def test_without_any_fetch_time_nothing_is_made_up(desk):
    items = desk.lines("a.jsonl", KUAISHOU | {"last_modify_ts": ""})
    assert {(one.at, one.at_precision, one.observed_at) for one in items[1:]} == {
        (None, Precision.UNKNOWN, None)
    }


@pytest.mark.parametrize("bad", ["好多次", {"n": 1}, [1], True])
def test_a_counter_that_is_no_number_refuses_the_whole_work(desk, bad):
    items = desk.lines("a.jsonl", BILIBILI, BILIBILI | {"video_play_count": bad})
    assert (items[-1].line, items[-1].column) == (2, "video_play_count")
    assert sum(isinstance(item, Refused) for item in items) == 1


def test_an_object_of_another_kind_is_refused_by_what_it_lacks(desk):
    items = desk.lines("a.jsonl", KUAISHOU, {"code": 0})
    assert items[-1] == Refused(2, "*", "code", "an object that also has title, video_id, viewd_count")
