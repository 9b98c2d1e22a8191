"""Echoes: how many planted quotes are found, how many found are planted, and how fast, beside brute force.

    longtake bench echo [--lines 2000] [--comments 1000000] [--peer 40] [--write]

Everything is invented. rapidfuzz alone compares every line with a stated sample of the same comments, in the
same run; its time is scaled up to all of them.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks._page import Page
from longtake.language.copying.plain import plain
from longtake.language.echoing.echoes import echoes

NOUNS = (
    "月亮 阁楼 车站 外婆 父亲 母亲 渡口 灯塔 信纸 雨夜 长街 海风 麦田 钥匙 "
    "旧伞 火车 山谷 雪地 枕头 影子 屋檐 河流 烟火 地图 钟声 口琴 邮筒 窗台 "
    "桥头 风筝 星群 海岸 村庄 画像 木船 石阶 尘土 秋千 冬天 春天 故乡 远方 "
    "名字 眼睛 诺言 秘密 童年 黄昏 清晨 梦境 墙角 铁轨 手心 围巾 月台 池塘 "
    "信号 荒原 候鸟 炉火"
)
VERBS = (
    "挂回 藏进 走过 忘记 等待 点亮 送别 收起 听见 借给 写给 埋在 穿越 留下 "
    "带走 敲开 追赶 归还 打碎 拥抱 翻开 缝补 丢下 唤醒 吹散 照见 守着 误入 "
    "数完 租下"
)
LINKS = "从此 不要 只有 如果 终于 总会 没有人 每一次 从来 也许 直到 偏偏 何必 不必 原来 谁在 请你 愿你"
TALK = (
    "剧情 节奏 演技 配乐 镜头 结尾 台词 导演 主角 配角 画面 电影院 朋友 今天 "
    "昨天 孩子 票价 特效 情绪 故事 前半段 后半段 真的 觉得 非常 有点 太 很 "
    "还是 但是 因为 所以 看完 喜欢 推荐 一般 感动 好看 拖沓 紧张 流畅 自然 "
    "用力 细腻 失望 惊喜 哭了 笑了 睡着了 值得 二刷 哈哈 我 你 他 的 了 是 "
    "在 也 都 就 和 不 这部 那段 一个 时候 现在"
)
SAID = (
    "你怎么还不睡 我出去一趟 别跟我来这套 你听懂没有 到底想怎么样 我早就说过了 "
    "今天天气不错 把门关上 你先坐一会儿 让我想一想 这事跟你没关系 大家都在等你 "
    "我马上就到 给我一点时间 你不要骗我 没你说的那么简单 我们认识吗 不说这个了 "
    "快跟我来 早知道就不来了 我知道了 谢谢你们 好久不见 你到底在干什么 一点也不好笑 "
    "我不是那个意思 你还记得我吗 我有话跟你说 回去再说 这怎么可能呢 我也不知道怎么办 "
    "我真的很喜欢你 你说的都是真的吗 "
    "我今天迟到了 把窗户关上 你作业写完了没有 手机借我用一下 他昨天晚上没回家 你饿不饿 "
    "快把衣服穿上 外面下雨了 你是不是喝多了 你把话说清楚 医生怎么说 我去买点水果 老板来碗面 "
    "您慢走 你给我站住 大哥饶命啊 这孩子真可怜 咱们报警吧 电话打不通 你怎么瘦了"
)
SPLIT = str.split
EMPTY = "-"
KINDS = ("exact", "spaced", "bent", "broken", "everyday", "none")
PLANTED = (0.03, 0.01, 0.02, 0.01)
EVERYDAY = (0.002, 0.08)


@dataclass(frozen=True, slots=True)
class World:
    """Invented lines and comments whose echoes are known.

    Attributes:
        lines: Lines of the film.
        texts: Comments.
        exact: Planted (comment, line) pairs that are quoted as they are.
        bent: Those that are quoted with a character or two changed.
    """

    lines: list[str]
    texts: list[str]
    exact: set[tuple[int, int]]
    bent: set[tuple[int, int]]


def world(lines: int, comments: int, *, everyday: float, seed: int = 54) -> World:
    """Invent a film and its comments: quotes, bent quotes, broken ones that are none, everyday talk."""
    rng = np.random.default_rng(seed)
    nouns, verbs, links, talk, said = (SPLIT(words) for words in (NOUNS, VERBS, LINKS, TALK, SAID))
    film = list(said)
    seen = set(film)
    while len(film) < lines:
        parts = [str(rng.choice(links))] * int(rng.integers(2))
        for _ in range(int(rng.integers(1, 4))):
            parts += [str(rng.choice(verbs)), str(rng.choice(nouns))]
        line = "".join(parts)
        if not any(line in other or other in line for other in seen if abs(len(other) - len(line)) > 0):
            seen.add(line)
            film.append(line)
    popular = rng.zipf(1.3, size=comments) % (lines - len(said)) + len(said)
    odds = (*PLANTED, everyday, 1 - sum(PLANTED) - everyday)
    kinds = rng.choice(len(KINDS), size=comments, p=odds)
    sizes = rng.integers(4, 24, size=comments)
    vocabulary = [*talk, *talk, *talk, *nouns]
    picks = rng.integers(0, len(vocabulary), size=(comments, 24), dtype=np.int16)
    places = rng.integers(0, 1 << 30, size=(comments, 4))
    texts: list[str] = []
    exact: set[tuple[int, int]] = set()
    bent: set[tuple[int, int]] = set()
    for i in range(comments):
        words = [vocabulary[w] for w in picks[i, : sizes[i]].tolist()]
        kind, line = KINDS[kinds[i]], film[popular[i]]
        one, two, three, four = places[i].tolist()
        if kind == "everyday":
            words.insert(one % len(words), said[two % len(said)])
        elif kind in {"exact", "spaced"}:
            shown = line if kind == "exact" else line[:2] + "，" + line[2:4] + " " + line[4:]
            words.insert(one % len(words), f"“{shown}”")
            exact.add((i, int(popular[i])))
        elif kind == "bent" and len(line) >= 8:
            at = two % len(line)
            changed = line[:at] + nouns[three % len(nouns)][0] + line[at + 1 :]
            if four % 3 == 0:
                changed = line[:at] + line[at + 1 :]
            words.insert(one % len(words), changed)
            if line not in changed:
                bent.add((i, int(popular[i])))
            else:
                exact.add((i, int(popular[i])))
        elif kind == "broken":
            words.insert(one % len(words), line[: len(line) // 2] + nouns[three % len(nouns)])
        texts.append("".join(words[:6]) + "，" + "".join(words[6:]))
    return World(film, texts, exact, bent)


def main(arguments: list[str] | None = None) -> None:
    """Plant, find, count, and print the table."""
    parser = argparse.ArgumentParser(description="Echo benchmark.")
    parser.add_argument("--lines", type=int, default=2000)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--peer", type=int, default=2000, help="comments that brute force compares")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/echo.md")
    options = parser.parse_args(arguments)
    page = Page(
        name="echo",
        title={"en": "Echoes of a film's lines", "zh": "金句回响"},
        intro={
            "en": f"{options.lines:,} invented lines, {len(SPLIT(SAID))} of them everyday sentences, and "
            f"{options.comments:,} invented comments: 4 % quote a line, 2 % bend it by one character, 1 % "
            "break it in half; a share of them, in the first column, holds an everyday sentence because "
            "people talk like that. Neither of the last two is an echo. `ordinary`: comments of another film "
            "with the same everyday sentences. Precision and recall count pairs of comment and line. Brute "
            f"force: rapidfuzz's partial_ratio of every line with the first {options.peer:,} comments, one "
            "core, the same run, seconds scaled up to all. Peak memory is the whole process's; the row `-` "
            "is before it began, the comments included.",
            "zh": f"{options.lines:,} 句虚构台词（其中 {len(SPLIT(SAID))} 句是日常话），{options.comments:,} "
            "条虚构评论：4% 引用台词，2% 改动一个字，1% 只说半句；"
            "第一列是“本来就这么说话”而含日常话的评论占比。"
            "后两者都不算回响。`ordinary`：另一部片子的评论，含同样的日常话。"
            "精确率、召回率按“评论—台词”对计。"
            f"穷举：rapidfuzz partial_ratio 单核逐句比较前 {options.peer:,} 条评论，同次运行，"
            "秒数按比例放大到全部。内存峰值为整个进程；标“-”的一行是开始之前（含评论本身）。",
        },
        header={
            "en": (
                "everyday",
                "method",
                "comments",
                "precision",
                "recall exact",
                "recall bent",
                "seconds",
                "peak MB",
            ),
            "zh": (
                "日常话占比",
                "方法",
                "评论数",
                "精确率",
                "召回率（原句）",
                "召回率（改句）",
                "秒",
                "内存峰值 MB",
            ),
        },
        rows=[*measured(options.lines, options.comments, options.peer)],
    )
    page.show()
    if options.write:
        page.write()


def measured(lines: int, comments: int, peer: int) -> Iterator[list[str]]:
    """Yield one row a world and method."""
    made = world(lines, comments, everyday=EVERYDAY[0])
    yield [EMPTY, "", f"{comments:,}", "", "", "", "", f"{peak():.0f}"]
    pairs, seconds = found(made)
    often = f"{EVERYDAY[0]:.1%}"
    yield [often, "echoes", f"{comments:,}", *rates(made, pairs, comments), f"{seconds:.1f}", f"{peak():.0f}"]
    part = min(peer, comments)
    both, seconds = brute(made, part)
    scaled = f"{seconds * comments / part:,.0f}"
    yield [often, "rapidfuzz, every pair (scaled)", f"{part:,}", *rates(made, both, part), scaled, ""]
    some = {pair for pair in pairs if pair[0] < part}
    yield [often, "echoes, the same comments", f"{part:,}", *rates(made, some, part), "", ""]
    often, small = f"{EVERYDAY[1]:.1%}", comments // 5
    made = world(lines, small, everyday=EVERYDAY[1])
    pairs, seconds = found(made)
    yield [often, "echoes", f"{small:,}", *rates(made, pairs, small), f"{seconds:.1f}", ""]
    other = world(lines, small // 4, everyday=EVERYDAY[1], seed=55)
    quoting = {row for row, _ in other.exact | other.bent}
    ordinary = [text for row, text in enumerate(other.texts) if row not in quoting]
    pairs, seconds = found(made, ordinary)
    yield [often, "echoes, `ordinary` given", f"{small:,}", *rates(made, pairs, small), f"{seconds:.1f}", ""]


def found(made: World, ordinary: Sequence[str] = ()) -> tuple[set[tuple[int, int]], float]:
    """Return the pairs of comment and line that `echoes` reports, and its seconds."""
    start = time.perf_counter()
    said = echoes(made.lines, made.texts, ordinary=ordinary)
    seconds = time.perf_counter() - start
    return {(match.comment, echo.index) for echo in said for match in echo.matches}, seconds


def brute(made: World, part: int) -> tuple[set[tuple[int, int]], float]:
    """Return the pairs rapidfuzz alone finds among the first comments, and its seconds."""
    start = time.perf_counter()
    lines, sample = plain(made.lines).strings(), plain(made.texts[:part]).strings()
    scores = process.cdist(
        sample, lines, scorer=fuzz.partial_ratio, score_cutoff=85, dtype=np.uint8, workers=1
    )
    pairs = {(int(i), int(j)) for i, j in np.argwhere(scores >= 85)}
    return pairs, time.perf_counter() - start


def rates(made: World, pairs: set[tuple[int, int]], among: int) -> list[str]:
    """Return precision, recall of exact and of bent quotes among the first comments."""
    exact = {pair for pair in made.exact if pair[0] < among}
    bent = {pair for pair in made.bent if pair[0] < among}
    good = len(pairs & (exact | bent)) / max(len(pairs), 1)
    return [f"{good:.3f}", *(f"{len(pairs & some) / max(len(some), 1):.3f}" for some in (exact, bent))]


def peak() -> float:
    """Return the most memory the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
