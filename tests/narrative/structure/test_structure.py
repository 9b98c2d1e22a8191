from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue
from longtake.narrative.loudness import RATE, Meter, integrated
from longtake.narrative.structure.arc import SHAPES, arc, shape
from longtake.narrative.structure.brand import presence
from longtake.narrative.structure.contrast import beats
from longtake.narrative.structure.segments import cohesion, escalation, segments

SEA = (
    "渔船天没亮就出海",
    "海浪打在船舷上",
    "渔网沉得拉不动",
    "船舷边的海鸥叫着",
    "老渔民盯着海浪",
    "渔网里全是小鱼",
)
SCHOOL = (
    "老师在黑板上写字",
    "同学们翻开课本",
    "教室的窗户没关",
    "黑板报又得了奖",
    "课本里夹着书签",
    "老师点名点到了我",
)


def laid(texts, *, speakers=None, step=4000):
    return [
        Cue("f", i, step * i, step * i + 2000, text, i, speakers[i] if speakers else None)
        for i, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("rags_to_riches", lambda t: t),
        ("riches_to_rags", lambda t: -t),
        ("man_in_a_hole", lambda t: np.cos(2 * np.pi * t)),
        ("icarus", lambda t: -np.cos(2 * np.pi * t)),
        ("cinderella", lambda t: -np.cos(3 * np.pi * t)),
        ("oedipus", lambda t: np.cos(3 * np.pi * t)),
    ],
)
def test_each_of_the_six_shapes_is_known_under_noise(name, line):
    t, right = np.linspace(0, 1, 120), 0
    for seed in range(10):
        noise = np.random.default_rng(seed).normal(0, 0.5, len(t))
        right += shape(laid(["x"] * 120), line(t) + noise).name == name
    assert right >= 9
    assert name in SHAPES


def test_noise_has_no_shape():
    cues = laid(["x"] * 120)
    named = [shape(cues, np.random.default_rng(s).normal(0, 1, 120)).name for s in range(20)]
    assert sum(name is not None for name in named) <= 4


def test_too_short_or_too_flat_for_a_shape():
    assert shape(laid(["x"] * 5), np.zeros(5)).likeness.reason == "too_few_cues"
    assert shape(laid(["x"] * 30), np.zeros(30)).likeness.reason == "all_alike"


def test_the_band_of_an_arc_holds_the_line_and_the_truth():
    t = np.linspace(0, 1, 200)
    truth = np.sin(np.pi * t)
    found = arc(laid(["x"] * 200), truth + np.random.default_rng(3).normal(0, 0.4, 200))
    assert ((found.low <= found.value) & (found.value <= found.high)).all()
    inner = slice(4, -4)
    covered = (found.low <= np.sin(np.pi * found.at)) & (np.sin(np.pi * found.at) <= found.high)
    assert covered[inner].mean() >= 0.75
    with pytest.raises(ValueError, match="scores"):
        arc(laid(["x"]), np.zeros(2))


def test_a_shift_of_vocabulary_is_a_cut():
    rng = np.random.default_rng(5)
    texts = [str(rng.choice(SEA)) for _ in range(24)] + [str(rng.choice(SCHOOL)) for _ in range(24)]
    found = segments(laid(texts))
    assert min(abs(part.first - 24) for part in found) <= 1
    assert found[0].first == 0
    assert found[-1].last == 48
    assert all(a.last == b.first for a, b in pairwise(found))


def test_parts_that_were_told_are_kept():
    found = segments(laid(["x"] * 10), starts_ms=(0, 20_000), names=("雪夜", "天亮"))
    assert [(one.name, one.first, one.last) for one in found] == [("雪夜", 0, 5), ("天亮", 5, 10)]


def test_one_theme_coheres_and_two_do_not():
    rng = np.random.default_rng(6)
    same = laid([str(rng.choice(SEA)) for _ in range(40)])
    apart = laid([str(rng.choice(SEA)) for _ in range(20)] + [str(rng.choice(SCHOOL)) for _ in range(20)])
    one, two = (cohesion(cues, segments(cues, starts_ms=(0, 80_000))) for cues in (same, apart))
    assert one.low > two.high
    assert one.high == 1.0
    assert two.value < 0.3
    assert cohesion(same, segments(same, starts_ms=(0,))).reason == "one_segment"


def test_feeling_that_rises_by_segments_is_seen():
    parts = segments(laid(["x"] * 40), starts_ms=(0, 40_000, 80_000, 120_000))
    noise = np.random.default_rng(8).normal(0, 0.05, 40)
    found = escalation(parts, np.repeat([0.2, 0.3, 0.4, 0.5], 10) + noise)
    assert found.low <= 0.3 <= found.high
    assert found.low > 0
    assert escalation(parts[:2], noise).reason == "too_few_segments"


def test_a_line_from_the_other_mouth_is_a_reversal_and_from_the_same_a_return():
    texts = [
        "你先走，我断后",
        *["一句闲话也没有"] * 0,
        "风停了",
        "雨也停了",
        "灯还亮着呢",
        "饺子下锅了",
        "天快亮了",
        "你先走，我断后",
        "风停了",
    ]
    who = ["甲", "甲", "乙", "甲", "乙", "甲", "乙", "甲"]
    found = beats(laid(texts, speakers=who), characters=[Character("甲"), Character("乙")])
    assert [(one.kind, one.first, one.then_ms) for one in found] == [("reversal", "你先走，我断后", 24_000)]


def test_a_mood_that_turns_is_a_beat_and_a_steady_one_has_none():
    valence = np.concatenate((np.full(20, 0.8), np.full(20, -0.8)))
    valence += np.random.default_rng(1).normal(0, 0.05, 40)
    found = [
        one for one in beats(laid([f"第{i}句话" for i in range(40)]), valence=valence) if one.kind == "turn"
    ]
    assert [one.first_ms for one in found] == [80_000]
    with pytest.raises(ValueError, match="scores"):
        beats(laid(["x"]), valence=np.zeros(3))


def test_brand_time_counts_overlaps_once():
    cues = laid(["回家吧", "屿光电器", "到家了"], step=10_000)
    found = presence(cues, ["屿光"], seen_ms=[(11_000, 14_000)], running_ms=40_000)
    assert (found.seconds, found.share, found.first, found.spoken) == (4.0, 0.1, 0.25, (1,))
    nothing = presence(cues, ["没有的牌子"])
    assert (nothing.seconds, nothing.first, nothing.last_only) == (0.0, None, False)
    assert presence(cues, []) is None


@pytest.mark.parametrize(
    ("hertz", "channels", "level", "lufs"),
    [(1000, 2, -23.0, -23.0), (1000, 2, -33.0, -33.0), (997, 1, 0.0, -3.01)],
)
def test_loudness_meets_the_published_tones(hertz, channels, level, lufs):
    """EBU Tech 3341 cases 1 and 2; the full-scale mono tone of BS.1770 reads -3.01."""
    tone = 10 ** (level / 20) * np.sin(2 * np.pi * hertz * np.arange(RATE * 20) / RATE)
    meter = Meter(channels)
    for piece in np.array_split(np.tile(tone, (channels, 1)), 37, axis=1):
        meter.feed(piece)
    assert integrated(meter.blocks()).value == pytest.approx(lufs, abs=0.1)


def test_loudness_gates_what_is_quiet():
    """EBU Tech 3341 case 3: -36, -23, -36 dBFS for 10, 60, 10 seconds reads -23."""
    t = np.arange(RATE * 80) / RATE
    level = np.where((t >= 10) & (t < 70), -23.0, -36.0)
    meter = Meter(2)
    meter.feed(np.tile(10 ** (level / 20) * np.sin(2 * np.pi * 1000 * t), (2, 1)))
    assert integrated(meter.blocks()).value == pytest.approx(-23.0, abs=0.1)
    silent = Meter(1)
    silent.feed(np.zeros((1, RATE)))
    assert integrated(silent.blocks()).reason == "no_sound"
    with pytest.raises(ValueError, match="channels"):
        Meter(6)
