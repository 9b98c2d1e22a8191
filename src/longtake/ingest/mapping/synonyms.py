"""Names people give to columns, besides those in the templates."""

from __future__ import annotations

SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "comments": {
        "id": ("评论ID", "评论编号", "回复id", "cid", "commentid", "review_id"),
        "platform": ("来源", "渠道", "source", "站点", "来源平台"),
        "at": (
            "发表时间", "创建时间", "评论日期", "发布日期", "created_at", "create_time", "date", "time",
            "datetime", "publish_time",
        ),
        "author": (
            "用户名", "用户昵称", "评论者", "评论人", "用户名称", "user", "username", "user_name",
            "nickname", "name",
        ),
        "text": (
            "评论正文", "评论文本", "留言", "留言内容", "短评", "影评", "content", "comment", "review",
            "body", "message", "原文", "博文", "文本",
        ),
        "likes": ("获赞", "获赞数", "点赞量", "赞", "like", "like_count", "votes", "upvotes", "赞数"),
        "rating": ("打分", "星数", "分数", "score", "stars", "star"),
        "region": (
            "省市", "IP归属地", "ip属地", "所在地", "地域", "location", "province", "ip_location",
            "所在城市",
        ),
        "verified": ("是否购票", "是否观影", "看过"),
    },
    "counts": {
        "at": ("统计日期", "数据日期", "数据时间", "采集时间", "日期时间", "发布时间", "datetime", "day"),
        "subject": (
            "作品名称", "作品标题", "视频标题", "笔记标题", "话题名", "关键词", "影片", "影片名称", "名称",
            "内容标题", "title", "name", "video",
        ),
        "platform": ("渠道", "来源", "来源平台", "source"),
        "metric": ("指标名称", "指标名"),
        "value": ("指标值", "数据", "count", "total"),
    },
    "events": {
        "kind": ("事件类型", "动作类型", "投放类型", "type", "物料类型", "资源类型"),
        "start": (
            "开始日期", "投放时间", "上线时间", "发布时间", "执行时间", "date", "time", "start_time",
            "start_date",
        ),
        "end": ("结束日期", "下线时间", "end_time", "end_date"),
        "cost_cny": ("预算", "消耗", "投放金额", "消费", "报价", "执行价", "spend", "budget"),
        "followers": ("粉丝量级", "fans"),
        "city": ("投放城市",),
        "note": ("事件", "内容", "名称", "描述", "remark", "达人", "账号"),
    },
    "boxoffice": {
        "date": ("统计日期", "放映日期", "上映日期", "票房日期"),
        "gross_cny": (
            "分账票房", "今日票房", "票房收入", "含服务费票房", "box_office", "boxoffice", "revenue",
        ),
        "admissions": ("人数", "观影人数", "总人次", "tickets"),
        "showings": ("总场次", "放映场次", "sessions", "shows"),
        "seats": ("总座位", "座位总数"),
        "film": ("影片名称", "电影名称", "影片名", "movie", "film_name"),
        "city": ("地区",),
    },
    "nodes": {
        "id": ("物料编号", "节点编号"),
        "kind": ("物料类型", "节点类型", "type"),
        "title": ("物料名称", "节点名称", "name"),
        "at": ("上线时间", "计划时间", "发布日期", "date"),
    },
    "referrals": {
        "code": ("券码", "核销码", "兑换码", "二维码编号", "referral_code", "coupon"),
        "person": ("被推荐人", "新用户", "受邀人", "user_id", "openid", "invitee_id"),
        "inviter_code": ("邀请人券码", "推荐码", "parent", "inviter_code", "referrer_code"),
        "inviter": ("邀请人ID", "推荐人ID", "上级", "老用户", "inviter_id", "referrer_id"),
        "used_at": ("领取时间", "扫码时间", "兑换时间", "使用日期", "used", "used_date", "redeemed"),
    },
}  # fmt: skip
"""By kind of row and field."""

METRICS: dict[str, str] = {
    "点赞": "likes", "赞": "likes", "likes": "likes", "views": "plays", "plays": "plays",
    "观看量": "plays", "浏览量": "reads", "展现量": "impressions", "曝光": "impressions",
    "impressions": "impressions", "comments": "comments", "shares": "shares", "转发数": "shares",
    "收藏数": "favourites", "涨粉": "new_followers", "涨粉量": "new_followers",
    "新增粉丝": "new_followers", "阅读数": "reads", "播放数": "plays", "播放次数": "plays",
    "讨论数": "discussions", "弹幕数": "danmaku", "热度值": "hot", "热度指数": "hot",
    "想看数": "want_to_see", "互动量": "interactions",
}  # fmt: skip
"""Metrics by the header of their own column."""
