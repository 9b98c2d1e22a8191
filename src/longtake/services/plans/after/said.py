"""Memory checks and the two boards in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from longtake.domain.running.act import Act
from longtake.locale import Catalogue
from longtake.render.wording import Wording, visible
from longtake.services.plans.after.dual import COUNTS, Dual
from longtake.services.plans.after.remember import of_memory
from longtake.services.plans.said import changed
from longtake.services.reports.draft import ZONE


def memory_said(campaign: str, act: Act, words: Catalogue) -> tuple[str, ...]:
    """Return a memory check: what is left of the talk and of the lines."""
    say, found = words.say, of_memory(campaign, act)
    first, last = (words.day(date.fromisoformat(act.told[name])) for name in ("first", "last"))
    wording = Wording(words, ZONE)
    shown = {name: wording.shown(figure.quantity) for name, figure in found.items()}
    lines = [say("plan_product.memory", after=str(act.told["after"]), first=first, last=last)]
    lines += [
        say(f"plan_product.memory_{name}", value=f"{one.value} · {one.small}") for name, one in shown.items()
    ]
    if act.told["lines"]:
        lines.append(
            say("plan_product.memory_lines", lines=words.joined([visible(x) for x in act.told["lines"]]))
        )
    return tuple(lines)


def dual_said(found: Dual, words: Catalogue) -> Iterator[str]:
    """Yield both boards and the trade-offs between them."""
    say = words.say
    yield say("plan_product.dual_head", since=words.day(found.since), days=found.days)
    side = ""
    for row in found.rows:
        if row.side != side:
            side = row.side
            yield words.word("plan_side", side)
        yield say(
            "plan_product.dual_row",
            name=words.word("dual", row.key),
            value=changed(row.change, words, points=row.key not in COUNTS),
            moved=words.word("plan_moved", row.moved),
        )
    for up, down in found.trade_offs:
        names = {"up": words.word("dual", up.key), "down": words.word("dual", down.key)}
        yield say("plan_product.dual_trade", **names)
    if not found.trade_offs:
        yield say("plan_product.dual_even")
    yield say("plan_product.dual_note")
