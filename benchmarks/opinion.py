"""Opinion groups: how tight they are beside the published and scikit-learn's, and how long the map takes.

    longtake bench opinion [--write]

Each public Polis conversation under $LONGTAKE_DATA/opinion/polis; then an invented one of 10,000 people and
200 statements, and one large enough that statements are taken the sparse way.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks._page import Page
from longtake.ingest.votes import ballots, statements
from longtake.opinion import Groups, Votes, groups
from longtake.opinion.clustering.kmeans import inertia_of

FOLDER = "opinion/polis"
BAR_SECONDS = 5.0
SIZES = ((10_000, 200, 0.3), (100_000, 2_500, 0.01))
STARTS = 50
EMPTY = "–"


def main(arguments: list[str] | None = None) -> None:
    """Run every row and print the table."""
    parser = argparse.ArgumentParser(description="Opinion groups benchmark.")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/opinion.md")
    options = parser.parse_args(arguments)
    page = run()
    page.show()
    if options.write:
        page.write()


def run() -> Page:
    """Return the table of all conversations and sizes."""
    root = Path(os.environ.get("LONGTAKE_DATA", "")) / FOLDER
    rows = []
    if os.environ.get("LONGTAKE_DATA") and root.is_dir():
        for folder in sorted(root.iterdir()):
            rows.append(conversation(folder))
    else:
        print(f"Public conversations are left out: {FOLDER} is not under $LONGTAKE_DATA.")
    rows += list(timed())
    return Page(
        name="opinion",
        title={"en": "Opinion groups", "zh": "观点群"},
        intro={
            "en": "Inertia is the sum of squared distances to the own group's mean, at the published number "
            "of groups, over the people both group, on our map; lower is tighter. Peer: scikit-learn's "
            f"k-means with {STARTS} starts on the same points. ARI: adjusted Rand index of our groups at "
            "the published number against the published ones, 1 for the same. k: our own choice by "
            "silhouette against the published number (of the invented ones: the planted number; two "
            "axes hold three random views apart, the fourth falls between them). Single: the best "
            "silhouette one crowd without groups reaches one time in twenty; where it is above the "
            "silhouette, the groups are a way to cut a spectrum, and `longtake groups` says so. Seconds "
            "leave out reading the file and hold map, groups, marks and the single crowd. Bar: 10,000 "
            f"by 200 in {BAR_SECONDS:g} s.",
            "zh": "惯量：各人到本群均值的距离平方和，取公布的群数、双方都分了群的人、我们的图；越小越紧。"
            f"同行：scikit-learn 的 k-means，同样的点，{STARTS} 个起点。"
            "ARI：按公布的群数，我们的分群与公布分群的调整兰德指数，1 为完全相同。"
            "k：我们按轮廓系数选的群数，括号里是公布的群数（虚构的是埋下的群数；两条轴只能分开三种随机立场，"
            "第四种落在中间）。"
            "单群：没有分群的一团人二十次里有一次达到的最好轮廓系数；它高于轮廓系数时，"
            "分群只是切一条光谱的切法，`longtake groups` 会照实说。"
            "秒数不含读文件，含作图、分群、标志观点与单群对照。"
            f"门槛：1 万人乘 200 条观点 {BAR_SECONDS:g} 秒。",
        },
        header={
            "en": (
                "votes",
                "people on the map",
                "k (published)",
                "silhouette",
                "single",
                "inertia",
                "published",
                "scikit-learn",
                "ARI",
                "seconds",
            ),
            "zh": (
                "投票",
                "图上人数",
                "k（公布）",
                "轮廓系数",
                "单群",
                "惯量",
                "公布的",
                "scikit-learn",
                "ARI",
                "秒",
            ),
        },
        rows=rows,
    )


def conversation(folder: Path) -> list[str]:
    """Return the row of one public conversation."""
    path = folder / "participants-votes.csv"
    votes = ballots.read(path).votes
    out = statements.read(folder / "comments.csv").moderated
    stated = dict(ballots.published(path))
    began = time.perf_counter()
    found = groups(votes, moderated=out)
    seconds = time.perf_counter() - began
    k = len(set(stated.values()) - {""})
    same = groups(votes, k=k, moderated=out, against_single=False)
    theirs = np.array([stated.get(votes.people[row], "") for row in same.member.tolist()])
    both = theirs != ""
    here, own, published = same.position[both], same.label[both], theirs[both]
    return [
        folder.name,
        f"{found.n:,}",
        f"{found.k} ({k})",
        _decimals(found.silhouette, 3),
        _decimals(found.single, 3),
        f"{inertia_of(here, own):,.1f}",
        f"{inertia_of(here, published):,.1f}",
        _decimals(_peer(here, k), 1),
        _decimals(adjusted_rand(own, published), 3),
        f"{seconds:.2f}",
    ]


def timed() -> Iterator[list[str]]:
    """Yield one row an invented conversation: four groups, votes at random places."""
    for people, about, seen in SIZES:
        votes = invented(people, about, seen)
        began = time.perf_counter()
        found: Groups = groups(votes)
        seconds = time.perf_counter() - began
        yield [
            f"invented, {people:,} x {about:,}, {votes.value.size:,} votes",
            f"{found.n:,}",
            f"{found.k} (4)",
            _decimals(found.silhouette, 3),
            _decimals(found.single, 3),
            *[EMPTY] * 4,
            f"{seconds:.2f}",
        ]


def invented(people: int, about: int, seen: float) -> Votes:
    """Return votes of four planted groups, each cell seen by chance."""
    rng = np.random.default_rng(people)
    views = rng.choice([1, -1], (4, about))
    cell = np.flatnonzero(rng.random(people * about) < seen)
    person, statement = cell // about, cell % about
    kept = rng.choice([1, -1], cell.size, p=[0.8, 0.2])
    value = views[person % 4, statement] * kept
    names = tuple(map(str, range(people)))
    return Votes(person, statement, value, names, tuple(map(str, range(about))))


def adjusted_rand(one: NDArray[np.int64], other: NDArray[np.str_]) -> float:
    """Return the adjusted Rand index (Hubert, Arabie, 1985, doi:10.1007/BF01908075)."""
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)

    def pairs(counts: NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    rows, columns = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    usual = rows * columns / pairs(np.array([float(a.size)]))
    return (pairs(table) - usual) / ((rows + columns) / 2 - usual)


def _peer(points: NDArray[np.float64], k: int) -> float | None:
    """Return scikit-learn's inertia; None where it is not installed."""
    try:
        from sklearn.cluster import KMeans
    except ImportError:
        return None
    return float(KMeans(k, n_init=STARTS, random_state=0).fit(points).inertia_)


def _decimals(value: float | None, places: int) -> str:
    return EMPTY if value is None else f"{value:,.{places}f}"


if __name__ == "__main__":
    main()
