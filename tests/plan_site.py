"""A plan for a film of the site: one stage of the channel lane, locked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import plan_worlds


def planned(site, film):
    """Give a film a fresh plan and return what its addresses name, a stage of its own name among them."""
    from longtake.domain.answers.plan_values import digest, plan_values
    from longtake.domain.running.act import Act
    from longtake.domain.running.book import Book
    from longtake.render.inventory import slug
    from longtake.services.plans.after.figures import of_life
    from longtake.services.plans.designs.registration import Registration
    from longtake.services.plans.running import chain

    path = chain.path_of(site.workspace, film)
    path.unlink(missing_ok=True)
    made = plan_worlds.plan(
        film, plan_worlds.stage(f"01-of-{'a' if film.startswith('甲') else 'b'}", design="before_after")
    )
    told = {
        "plan": plan_values(made),
        "digest": digest(made),
        "dates": {made.stages[0].id: "2026-01-15"},
        "phase": "opening",
    }
    act = Act("adopted", "甲", datetime(2026, 1, 14, tzinfo=UTC), told=told)
    book = chain.add(site.workspace, Book(film), act)
    written = Registration(
        "before_after",
        "observational",
        date(2026, 1, 15),
        7,
        0.95,
        16.0,
        relative=False,
        unit="comments per day",
        power=0.9,
        smallest_found=14.0,
        seal="x",
        data={"before": [40.0, 44.0, 42.0], "first": "2026-01-11"},
    )
    told = {
        "digest": book.lives[0].versions[0].digest,
        "start": "2026-01-15",
        "registered": written.values(),
        "extensions": 1,
        "late": False,
    }
    at = datetime(2026, 1, 14, 1, tzinfo=UTC)
    book = chain.add(site.workspace, book, Act("locked", "甲", at, made.stages[0].id, told))
    figure = of_life(film, book.lives[0])["baseline"]
    return {"@stage": made.stages[0].id, "@planned": slug(figure.id)}
