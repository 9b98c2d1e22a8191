"""A finding as one decision: what happened, why it matters, one question with two answers, a link."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote

from longtake.domain.answers.report import Report
from longtake.locale import catalogue
from longtake.render.wording import Wording, visible
from longtake.services.alerts.judge import Finding
from longtake.services.alerts.settings import AlertSettings
from longtake.services.reports.masking import masked

ACTS = str.maketrans({"<": "＜", ">": "＞", "@": "＠", "[": "［", "]": "］", "*": "＊", "`": "＇", "_": "＿"})
"""Letters by which a chat calls everybody in, makes a link or sets a style."""
SPACES = re.compile(r"\s+")
CALLS = str.maketrans({"<": "＜", ">": "＞", "@": "＠"})
"""Those of them that no sentence of ours holds either."""

LONGEST = 120


def harmless(text: str) -> str:
    r"""Return a word of a file as a chat shows it: on one line, calling nobody, personal data masked.

    Examples:
        >>> harmless('<at user_id="all">灯\n下</at>')
        '＜at user＿id="all"＞灯 下＜/at＞'
    """
    plain = SPACES.sub(" ", visible(masked(text)[0])).strip().translate(ACTS)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def title(report: Report, lang: str) -> str:
    """Return the first line of a message."""
    name = report.name.strip().removeprefix("《").removesuffix("》")
    return catalogue(lang).say("alert.title", name=harmless(name))


def body(found: Finding, report: Report, settings: AlertSettings, key: str) -> str:
    """Return the message under its first line.

    Args:
        found: A raised finding.
        report: Where it was found.
        settings: Its language and link.
        key: The alert's id, by which it is answered.
    """
    words = catalogue(settings.lang)
    wording = Wording(words, report.zone)
    rule = found.rule
    kind = rule.when if rule.when != "figure" else "below" if rule.below is not None else "above"
    special = f"alert.why_{found.figure.label}" if found.figure is not None else ""
    why = rule.why or (words.say(special) if words.has(special) else words.say(f"alert.why_{kind}"))
    first, second = rule.answers or (words.say(f"alert.first_{kind}"), words.say(f"alert.second_{kind}"))
    lines = [
        happened(found, wording, kind),
        words.say("alert.why", why=harmless(why)),
        words.say("alert.ask", question=harmless(rule.question or words.say(f"alert.ask_{kind}"))),
        words.say("alert.answers", first=harmless(first), second=harmless(second)),
        words.say("alert.how", id=key),
    ]
    if settings.link:
        lines.append(settings.link.replace("{campaign}", quote(report.campaign, safe="")))
    if found.figure is not None:
        lines.append(words.say("alert.rows", figure=visible(found.figure.id)))
    return "\n".join(lines)


def happened(found: Finding, wording: Wording, kind: str) -> str:
    """Return in one sentence what happened, its number with its interval."""
    words, rule, facts = wording.catalogue, found.rule, dict(found.facts or {})
    if found.sentence is not None:
        pieces = (
            f"{piece.text} [{piece.interval}]" if piece.interval else piece.text
            for piece in wording.sentence(found.sentence)
        )
        said = "".join(pieces).translate(CALLS)
        if kind == "list" and isinstance(facts.get("entry"), datetime):
            entry = words.moment(facts["entry"], wording.zone)  # type: ignore[arg-type]
            return f"{words.say('alert.happened_list', entry=entry)}{said}"
        return said
    slots: dict[str, object] = {
        name: words.moment(value, wording.zone)
        if isinstance(value, datetime)
        else harmless(value)
        if isinstance(value, str)
        else words.exact(value)
        for name, value in facts.items()
    }
    number = ""
    if found.figure is not None:
        shown = wording.shown(found.figure.quantity)
        number = f"{shown.value} [{shown.interval}]" if shown.interval else shown.value
        slots |= {"name": harmless(wording.name(found.figure)), "value": number}
        bound = rule.below if rule.below is not None else rule.above
        if bound is not None:
            slots["bound"] = words.amount(bound, found.figure.quantity.unit)
    if kind == "refused":
        kind = "refused_whole" if facts.get("whole") else "refused"
    if kind == "due":
        slots["rule"] = rule.name
        kind = "due_figure" if number else "due"
    return words.say(f"alert.happened_{kind}", **slots)
