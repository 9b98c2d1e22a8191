"""The two sample campaigns: a brand short whose bought launch slides, and a feature film."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.comment import Comment
from longtake.simulate.cascade import DAY_HOURS, Cascade, cascade, fading_half_life, half_life
from longtake.simulate.cues import cues
from longtake.simulate.fading import THRESHOLD
from longtake.simulate.grammar import ASPECTS, grammar
from longtake.simulate.hotlist import hotlist, own_titles
from longtake.simulate.plots import feature, short
from longtake.simulate.plots.plot import CHINA, Plot
from longtake.simulate.sample import Said, Sample
from longtake.simulate.takings import takings
from longtake.simulate.voices import voices
from longtake.simulate.works import topic_counts, work_counts

Floats = NDArray[np.float64]
OUTAGES = {61: 3, 190: 7, 333: 12}


def short_campaign(seed: int = 20260108) -> Sample:
    """Return the brand short 《灯下的人》: 20,000 comments from 5 to 25 January 2026, all invented.

    A bought launch on 8 January; a trailer that promised another film; word of mouth that breeds .85 further
    counts at first and .5 from the fourth day on.
    """
    return _campaign(short.plot(), seed)


def feature_campaign(seed: int = 20260109) -> Sample:
    """Return the feature film 《渡口没有夜班船》: 2,000 comments, 31 days in twelve cities; all invented."""
    return _campaign(feature.plot(), seed)


def _campaign(plot: Plot, seed: int) -> Sample:
    rng = np.random.default_rng(seed)
    worlds = {
        platform: cascade(
            rng,
            hours=plot.hours,
            pushes=pushes,
            reproduction=plot.reproduction,
            background=plot.background,
        )
        for platform, pushes in plot.pushes.items()
    }
    spoken = grammar(plot.film)
    film, trailer = cues(plot.film, "film"), cues(plot.film, "trailer")
    said: list[tuple[Comment, Said]] = []
    for crowd in plot.crowds:
        world = worlds[crowd.platform]
        said += voices(
            rng,
            spoken,
            replace(crowd, aspects=(*ASPECTS, *plot.more_aspects)),
            start=plot.start,
            promoted=_from(world.promoted, plot.opens[crowd.kind]),
            organic=_from(world.organic, plot.opens[crowd.kind]),
            notices=plot.notices.get(crowd.platform, ()) if crowd.kind != "danmaku" else (),
            moments=[cue.start_ms for cue in film if cue.text in plot.telling],
        )
    said.sort(key=lambda pair: (pair[0].at or plot.start, pair[0].platform, pair[0].comment_id))
    weibo = worlds["weibo"]
    observations = topic_counts(
        rng, topic=plot.campaign.name, start=plot.start, counts=weibo.counts, outages=OUTAGES
    )
    for work, platform, hour in plot.works:
        observations += work_counts(
            rng,
            work=work,
            platform=platform,
            start=plot.start,
            published=hour,
            counts=worlds[platform].counts,
        )
    own = _own_levels(plot, weibo)
    snapshots, ranks = hotlist(rng, start=plot.start, hours=plot.hours, own=own) if own else ((), {})
    office = takings(rng, film=plot.campaign.name, release=plot.release.date()) if plot.cinema else ()
    comments = tuple(comment for comment, _ in said)
    hidden = tuple(truth for _, truth in said)
    return Sample(
        campaign=plot.campaign,
        comments=comments,
        said=hidden,
        observations=tuple(replace(row, source_line=i) for i, row in enumerate(observations, 1)),
        hotlist=snapshots,
        boxoffice=office,
        cues=(*film, *trailer),
        truth={
            "seed": seed,
            **_heat_truth(plot, worlds),
            **_voice_truth(comments, hidden),
            "list_hours": {title: int((rank > 0).sum()) for title, rank in ranks.items()},
            "list_best_rank": {
                title: int(rank[rank > 0].min()) if (rank > 0).any() else None
                for title, rank in ranks.items()
            },
            "list_hours_kept": len(snapshots),
            **_office_truth(plot, [(row.date, row.gross_cny) for row in office]),
        },
    )


def _from(counts: NDArray[np.int64], hour: int) -> NDArray[np.int64]:
    """Return the counts with nothing before an hour: nobody can review what is not out."""
    return np.where(np.arange(counts.size) >= hour, counts, 0)


def _own_levels(plot: Plot, world: Cascade) -> dict[str, Floats]:
    """Return the list score of the campaign's topics: activity of two hours at the list's own daily cycle."""
    if not plot.list_top:
        return {}
    clock = (np.arange(plot.hours) + plot.start.hour) % 24
    calm = world.counts / DAY_HOURS[clock]
    busy = (calm + np.concatenate([[0.0], calm[:-1]])) / 2.0 * THRESHOLD[clock]
    level = plot.list_top * busy / busy.max()
    hour = np.arange(plot.hours)
    out: dict[str, Floats] = {plot.campaign.name: level}
    for title, (first, share) in zip(own_titles(plot.campaign.name), plot.side_topics, strict=False):
        away = (hour - first) / 9.0
        pulse = np.where(away >= 0, np.exp(-np.maximum(away, 0.0)), 0.0)
        out[title] = share * level * pulse
    return {title: np.where(some > 2000, some, 0.0) for title, some in out.items()}


def _heat_truth(plot: Plot, worlds: Mapping[str, Cascade]) -> dict[str, object]:
    smooth = sum((world.smooth for world in worlds.values()), np.zeros(plot.hours))
    calm = sum((world.calm for world in worlds.values()), np.zeros(plot.hours))
    total = sum(int(world.counts.sum()) for world in worlds.values())
    expected = sum(float(world.expected.sum()) for world in worlds.values())
    return {
        "reproduction_before": float(plot.reproduction[plot.opens["comment"]]),
        "reproduction_after": float(plot.reproduction[-1]),
        "reproduction_changes_at": (plot.start + timedelta(hours=plot.breaks)).isoformat(),
        "half_life_hours": fading_half_life(smooth),
        "half_life_hours_by_platform": {
            name: fading_half_life(world.smooth) for name, world in sorted(worlds.items())
        },
        "first_half_hours": half_life(smooth, calm),
        "direct_share": sum(int(world.promoted.sum()) for world in worlds.values()) / total,
        "exogenous_share": sum(w.exogenous_share * float(w.expected.sum()) for w in worlds.values())
        / expected,
        "growth_per_day_last_7_days": float(np.polyfit(np.arange(168) / 24, np.log(smooth[-168:]), 1)[0]),
    }


def _voice_truth(comments: Sequence[Comment], said: Sequence[Said]) -> dict[str, object]:
    """Return shares among the audience alone, danmaku included; posts of the makers and bots are apart."""
    audience = [
        (c, s.utterance) for c, s in zip(comments, said, strict=True) if s.utterance.voice == "audience"
    ]
    by_day: dict[str, Counter[str]] = {}
    for comment, words in audience:
        if comment.at is not None:
            by_day.setdefault(_day(comment.at), Counter())[words.polarity] += 1
    n = len(audience)
    written = [c.text for c in comments if c.kind != "danmaku"]
    return {
        "comments": len(comments),
        "comments_by_platform": dict(sorted(Counter(c.platform for c in comments).items())),
        "comments_by_kind": dict(sorted(Counter(c.kind for c in comments).items())),
        "voices": dict(sorted(Counter(s.utterance.voice for s in said).items())),
        "promoted_share_of_comments": sum(s.promoted for s in said) / len(said),
        "polarity_share": {
            name: sum(words.polarity == name for _, words in audience) / n
            for name in ("neg", "neutral", "pos")
        },
        "polarity_share_by_day": {
            day: {name: count[name] / count.total() for name in ("neg", "neutral", "pos")}
            for day, count in sorted(by_day.items())
        },
        "expectation_share": {
            name: sum(words.expectation == name for _, words in audience) / n
            for name in ("violated", "met", "exceeded")
        },
        "self_story_share": sum(words.self_story for _, words in audience) / n,
        "echo_share": sum(words.echo is not None for _, words in audience) / n,
        "distinct_texts_share": len(set(written)) / len(written),
    }


def _day(at: datetime) -> str:
    return at.astimezone(CHINA).date().isoformat()


def _office_truth(plot: Plot, rows: Sequence[tuple[object, float | None]]) -> dict[str, object]:
    if not rows:
        return {}
    release = plot.release.date()
    daily: Counter[int] = Counter()
    for day, gross in rows:
        if hasattr(day, "toordinal"):
            daily[day.toordinal() - release.toordinal()] += round(gross or 0)
    total = daily.total()
    return {
        "gross_cny": total,
        "previews_cny": sum(gross for day, gross in daily.items() if day < 0),
        "opening_3_days_cny": sum(gross for day, gross in daily.items() if day < 3),
        "legs_3": total / sum(gross for day, gross in daily.items() if day < 3),
        "legs_7": total / sum(gross for day, gross in daily.items() if day < 7),
        "weekly_ratio": sum(daily[d] for d in range(7, 14)) / sum(daily[d] for d in range(7)),
    }
