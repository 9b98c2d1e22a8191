"""Echo: which lines of a film a million comments quote or bend, beside brute force.

    longtake bench echo [--lines 2000] [--comments 1000000] [--write]

Lines and comments are invented. Some comments quote a line as it is, some bend one character in seven of
it, most say something else; every tenth line is an everyday phrase that nobody should be credited with. The
peer tries every line on every comment (rapidfuzz, partial ratio of at least 85) on a sample; its seconds
are scaled to the whole.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks._page import Page
from longtake.language import echoes

SEED = 5
SAMPLE = 400
QUOTED, BENT = 0.01, 0.005
EVERYDAY = ("我知道了", "谢谢你", "怎么回事", "没关系的", "你在干什么", "我们走吧", "对不起啊", "什么时候")
HAN = np.array(
    list("山河灯雪船桥巷窗雨雾风夜晨星月潮岸笛火炉门墙街树叶花鸟鱼云石水井田麦茶酒信纸笔书画琴弦钟")
)
TALK = (
    "这段",
    "太好看了",
    "演员",
    "节奏",
    "有点慢",
    "但是",
    "结尾",
    "看得",
    "想哭",
    "推荐",
    "朋友",
    "一起",
    "再看",
    "预告",
    "音乐",
)
BAR = 60


@dataclass(frozen=True, slots=True)
class World:
    """Invented lines and comments with what is planted in them.

    Attributes:
        lines: The lines.
        comments: The comments.
        planted: Line planted in each comment, -1 for none.
        bent: Whether it is bent.
    """

    lines: list[str]
    comments: list[str]
    planted: np.ndarray
    bent: np.ndarray


def main(arguments: list[str] | None = None) -> None:
    """Run both and print the table."""
    parser = argparse.ArgumentParser(description="Echo benchmark.")
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/echo.md")
    parser.add_argument("--step", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        _step(options.lines, options.comments)
        return
    command = [sys.executable, "-m", "benchmarks.echo", "--step"]
    command += ["--lines", str(options.lines), "--comments", str(options.comments)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    seconds, memory, precision, exact, bent = map(float, told)
    brute = _brute(world(options.lines, SAMPLE)) / SAMPLE * options.comments
    page = Page(
        name="echo",
        title={"en": "Echo", "zh": "台词回响"},
        intro={
            "en": f"{options.lines:,} invented lines x {options.comments:,} invented comments; the bar is "
            f"{BAR} s. Brute force tried every line on a sample, its seconds are scaled.",
            "zh": f"{options.lines:,} 句虚构台词 x {options.comments:,} 条虚构评论；要求 {BAR} 秒以内。"
            "逐句硬比在抽样上计时，按比例放大。",
        },
        header={
            "en": ("who", "seconds", "memory, MB", "precision", "recall, quoted", "recall, bent", "ratio"),
            "zh": ("谁", "秒", "内存 MB", "精确率", "召回率（原句）", "召回率（改动）", "倍数"),
        },
        rows=[
            [
                "Longtake",
                f"{seconds:.1f}",
                f"{memory:,.0f}",
                f"{precision:.3f}",
                f"{exact:.3f}",
                f"{bent:.3f}",
                "1",
            ],
            [
                "rapidfuzz, every pair (scaled)",
                f"{brute:,.0f}",
                "–",
                "–",
                "–",
                "–",
                f"{brute / seconds:,.0f}",
            ],
        ],
    )
    page.show()
    if options.write:
        page.write()


def world(lines: int, comments: int) -> World:
    """Invent lines and comments, the same every time."""
    random = np.random.default_rng(SEED)
    own = ["".join(random.choice(HAN, int(random.integers(7, 16)))) for _ in range(lines)]
    for place in range(0, lines, 10):
        own[place] = EVERYDAY[place // 10 % len(EVERYDAY)]
    planted, bent = np.full(comments, -1), np.zeros(comments, dtype=bool)
    said = []
    draw, which = random.random(comments), random.integers(0, lines, comments)
    words = random.integers(0, len(TALK), (comments, 6))
    for index in range(comments):
        talk = "".join(TALK[word] for word in words[index])
        line = int(which[index])
        if line % 10 and draw[index] < QUOTED + BENT:
            text = own[line]
            if draw[index] >= QUOTED and len(text) > 8:
                place = int(words[index, 0]) % (len(text) - 2) + 1
                text = text[:place] + str(random.choice(HAN)) + text[place + 1 :]
                bent[index] = True
            planted[index] = line
            talk = f"{talk}“{text}”{TALK[words[index, 1]]}"
        elif draw[index] > 0.98:
            talk += EVERYDAY[line % len(EVERYDAY)]
        said.append(talk)
    return World(own, said, planted, bent)


def _step(lines: int, comments: int) -> None:
    made = world(lines, comments)
    begun = time.perf_counter()
    found = echoes(made.lines, made.comments)
    seconds = time.perf_counter() - begun
    pairs = {(echo.index, match.comment) for echo in found for match in echo.matches}
    # A line that is invented twice is reported at its first place.
    first = {text: place for place, text in reversed(list(enumerate(made.lines)))}
    true = {
        (first[made.lines[line]], index): bool(made.bent[index])
        for index, line in enumerate(made.planted.tolist())
        if line >= 0
    }
    right = pairs & set(true)
    quoted = [pair for pair, bent in true.items() if not bent]
    changed = [pair for pair, bent in true.items() if bent]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shares = [
        len(right) / max(len(pairs), 1),
        sum(pair in pairs for pair in quoted) / max(len(quoted), 1),
        sum(pair in pairs for pair in changed) / max(len(changed), 1),
    ]
    sys.stdout.write(" ".join(map(str, (seconds, memory, *shares))) + "\n")


def _brute(made: World) -> float:
    begun = time.perf_counter()
    process.cdist(made.lines, made.comments, scorer=fuzz.partial_ratio, score_cutoff=85, workers=1)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
