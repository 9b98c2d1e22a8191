"""A small campaign with a planted position: one circle loves the acting, the other does not."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

import numpy as np

LIKES = ("演技炸裂，太好看了", "表演真的好，看哭了", "演得太好了，强烈推荐", "演技在线，非常精彩")
DISLIKES = ("演技太尴尬，浪费时间", "表演浮夸，太难看了", "演得很差，后悔来看", "演技拉胯，无聊透顶")
WORDS = "巷口桥头灯塔麦田站台雨棚书包单车阳台铁轨海风石阶邮筒窗帘茶杯围巾门牌路牌纸船木梯"
PLAN = """[campaign]
name = "两岸灯"
kind = "short"

[[circle]]
name = "影迷"
platforms = ["weibo"]
planned_share = 0.5

[[circle]]
name = "路人"
platforms = ["douyin"]
planned_share = 0.5

[[circle]]
name = "粉丝团"
accounts = ["weibo:u3", "u5"]

[[circle]]
name = "买票的人"
ticket_buyers = true
"""


def write(folder, *, plan=PLAN, fond=(0.9, 0.2), sizes=(60, 240), seed=0, verified=True, openings=("", "")):
    """Write a campaign folder.

    Args:
        folder: Where.
        plan: The campaign file.
        fond: Share of each platform that likes it.
        sizes: People on weibo and douyin, one comment each.
        seed: Seed of who likes it.
        openings: What those of each platform say of themselves first.
        verified: Whether every third says that a ticket was bought.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(plan, "utf-8")
    rng = np.random.default_rng(seed)
    start, rows = datetime(2026, 1, 8, 8), []
    for platform, share, size, opening in zip(("微博", "抖音"), fond, sizes, openings, strict=True):
        for person in range(size):
            likes = rng.random() < share
            text = f"{opening}{(LIKES if likes else DISLIKES)[person % 4]}，{_aside(rng)}"
            stars = (5 if rng.random() < 0.8 else 4) if likes else (1 if rng.random() < 0.8 else 2)
            bought = ("是" if person % 3 == 0 else "否") if verified else ""
            at = start + timedelta(minutes=7 * person)
            rows.append(
                (
                    f"{platform}{person}",
                    platform,
                    f"{at:%Y-%m-%d %H:%M:%S}",
                    f"u{person}",
                    text,
                    stars,
                    bought,
                )
            )
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "platform", "at", "author", "text", "rating", "verified"))
        writer.writerows(rows)
    return folder


def _aside(rng):
    """Return words nobody else says in that order, so that texts are no copies."""
    pairs = [WORDS[i : i + 2] for i in range(0, len(WORDS), 2)]
    return "".join(pairs[i] for i in rng.permutation(len(pairs))[:9])
