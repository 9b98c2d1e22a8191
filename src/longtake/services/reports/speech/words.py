"""Which words came and which went across the peak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scipy.special import ndtri

from longtake.domain.answers.report import Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Evidence, Figure
from longtake.heat.grids.peak import Peak
from longtake.language.keyness.contrast import Term, contrast
from longtake.services.reports.draft import LEVEL, Draft, part
from longtake.services.reports.heat.talk import Talk
from longtake.services.reports.masking import masked

TERMS = 12
METHOD = "log-odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008)"
SIDES = {"a": "before", "b": "after"}


def section(draft: Draft, talks: Sequence[Talk]) -> Section | None:
    """Return the section; None without a peak, or when no word tells the two sides apart."""
    if not talks or not isinstance(talks[0].top, Peak):
        return None
    at, platform = talks[0].top.at, talks[0].platform
    rows = [row for row in draft.run("spoken") if row["platform"] == platform and row["at"] is not None]
    before = [row for row in rows if (row["at_end"] or row["at"]) <= at]
    after = [row for row in rows if row["at"] >= at]
    terms = contrast([row["text"] for row in before], [row["text"] for row in after], limit=TERMS)
    terms = tuple(term for term in terms if term.sure)
    if not terms:
        return None
    figures = {term: _figure(draft, term, platform) for term in terms}
    said = []
    for side, key in SIDES.items():
        own = [term.term for term in terms if term.side == side][:5]
        if own:
            said.append(Sentence(f"words_{key}", words={"platform": platform, "words": " · ".join(own)}))
    examples = {"a": before, "b": after}
    return Section(
        "words",
        tuple(said),
        charts=(_chart(terms, figures),),
        notes=("words_contrast",),
        more=tuple(figures.values()),
        tables={"words": _table(terms, examples)},
    )


def _figure(draft: Draft, term: Term, platform: str) -> Figure:
    """Return a term's log-odds, after against before, with the interval its z gives."""
    value = -term.log_odds
    half = abs(term.log_odds / term.z) * float(ndtri(0.5 + LEVEL / 2))
    found = Estimate(
        value=value,
        low=value - half,
        high=value + half,
        level=LEVEL,
        unit="log odds",
        method=METHOD,
        n=term.a + term.b,
    )
    rows = Evidence("rows.comments", {"contains": term.term, "platform": platform})
    return draft.figure(f"words.{part(term.term)}", "word_shift", found, rows, {"word": term.term})


def _chart(terms: Sequence[Term], figures: dict[Term, Figure]) -> Chart:
    rows = []
    for term in sorted(terms, key=lambda term: (term.z, term.term)):
        held = figures[term].quantity
        assert isinstance(held, Estimate)
        rows.append((term.term, held.value, held.low, held.high, held.n))
    columns = (Column("word", "code"), *(Column(key, "number") for key in ("log_odds", "low", "high", "n")))
    return Chart(
        id="words-shift",
        title="words_shift",
        form="interval",
        table=Table(columns, tuple(rows)),
        x="word",
        y="log_odds",
        low="low",
        high="high",
        unit="log odds",
        figures=tuple(figure.id for figure in figures.values()),
    )


def _table(terms: Sequence[Term], rows: dict[str, list[dict[str, Any]]]) -> Table:
    made = []
    for term in terms:
        shown = rows[term.side][term.examples[0]] if term.examples else None
        text = masked(shown["text"])[0] if shown else None
        source = f"{shown['source_file']}:{shown['source_line']}" if shown else None
        made.append((term.term, SIDES[term.side], term.a, term.b, round(-term.z, 2), text, source))
    columns = (
        Column("word", "code"),
        Column("side", "code"),
        Column("texts_before", "number"),
        Column("texts_after", "number"),
        Column("z", "number"),
        Column("text"),
        Column("source"),
    )
    return Table(columns, tuple(made))
