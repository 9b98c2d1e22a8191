"""Further people a person brings, and how unevenly, on trees that were planted.

longtake bench referrals [--worlds 200] [--write]
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks._page import Page
from longtake.domain.estimate import Estimate
from longtake.heat.referrals.bringing import bringing
from longtake.heat.referrals.tree import DAY, forest
from longtake.simulate.people.referrals import START, invitations

WORLDS = (
    (300, 20.0, 0.6, 0.3, 3.0),
    (100, 30.0, 0.6, 0.3, 3.0),
    (300, 14.0, 0.9, 0.2, 4.0),
    (200, 30.0, 0.3, 1.0, 3.0),
    (50, 30.0, 1.1, 0.5, 4.0),
    (40, 10.0, 0.8, 0.3, 4.0),
    (300, 20.0, 1.2, 5.0, 3.0),
)
"""People at the top, days, R, k, mean delay in days."""
LEVEL = 0.9


def main(arguments: list[str] | None = None) -> None:
    """Run every world and print the table."""
    parser = argparse.ArgumentParser(description="Referral trees benchmark.")
    parser.add_argument("--worlds", type=int, default=200, help="trees of each kind")
    parser.add_argument("--write", action="store_true", help="write docs/*/benchmarks/referrals.md")
    options = parser.parse_args(arguments)
    page = run(options.worlds)
    page.show()
    if options.write:
        page.write()


def run(worlds: int) -> Page:
    """Return bias and coverage of each kind of world."""
    return Page(
        name="referrals",
        title={"en": "Trees of invitations", "zh": "邀请的树"},
        intro={
            "en": f"{worlds} trees of each kind, cut off at the last day as a file is; intervals at "
            f"{LEVEL:.0%}. Plain: people brought over people, which is what a spreadsheet gives. Small trees "
            "cover less, as the interval takes people for independent and a tree is not.",
            "zh": f"每种各 {worlds} 棵树，像文件那样在最后一天截断；区间 {LEVEL:.0%}。"
            "直接相除：被带来的人数除以总人数，电子表格就是这样算的。"
            "小树的覆盖率偏低：区间把人当作互不相干，树上的人并不是。",
        },
        header={
            "en": (
                "top",
                "days",
                "delay",
                "R",
                "mean",
                "bias",
                "coverage",
                "plain",
                "k",
                "median k",
                "coverage",
            ),
            "zh": ("树顶", "天", "间隔", "R", "均值", "偏差", "覆盖", "直接相除", "k", "k 的中位数", "覆盖"),
        },
        rows=[_row(worlds, one) for one in WORLDS],
    )


def _row(worlds: int, planted: tuple[int, float, float, float, float]) -> tuple[str, ...]:
    seeds, days, mean, k, delay = planted
    until = START.timestamp() / DAY + days
    values: list[Estimate] = []
    spreads: list[Estimate] = []
    plain = []
    for world in range(worlds):
        rng = np.random.default_rng([world, 7])
        found = forest(invitations(rng, seeds=seeds, days=days, mean=mean, dispersion=k, delay_days=delay))
        told = bringing(found, until=until, level=LEVEL)
        plain.append(float(found.brought.mean()))
        values += [told.mean] if isinstance(told.mean, Estimate) else []
        spreads += [told.dispersion] if isinstance(told.dispersion, Estimate) else []
    middle = float(np.mean([one.value for one in values]))
    held = np.mean([one.low <= mean <= one.high for one in values])
    even = np.mean([one.low <= k <= one.high for one in spreads])
    told_k = float(np.median([one.value for one in spreads]))
    return (
        *(f"{seeds}", f"{days:g}", f"{delay:g}", f"{mean:g}"),
        *(f"{middle:.3f}", f"{middle / mean - 1:+.1%}", f"{held:.2f}", f"{np.mean(plain):.3f}"),
        *(f"{k:g}", f"{told_k:.2f}", f"{even:.2f}"),
    )


if __name__ == "__main__":
    main()
