"""Look a draft over: what is found, where, why it matters and what would do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from longtake.diagnosis.playbook.copy.asking import asks
from longtake.diagnosis.playbook.copy.film import LEAST_SPOKEN, FilmFacts
from longtake.diagnosis.playbook.copy.rule import LEVELS, CopyRule
from longtake.diagnosis.playbook.copy.script import Line, Script, read_script
from longtake.diagnosis.playbook.form import Form
from longtake.diagnosis.playbook.pack import Said

QUOTED = re.compile(r"[“\"「『]([^”\"」』\n]{2,60})[”\"」』]")
SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        rule: Key of its rule.
        level: stop, warn or hint.
        line: 1-based line of the draft; 0 for the draft as a whole.
        start: First character on that line, counted from 0.
        end: One past its last.
        why: What is wrong.
        fix: What would do.
        pack: Name and date of the pack that says so.
    """

    rule: str
    level: str
    line: int
    start: int
    end: int
    why: Said
    fix: Said
    pack: str


def lint(
    text: str, form: Form, rules: Mapping[str, CopyRule], facts: FilmFacts | None = None
) -> tuple[Finding, ...]:
    """Return what is found in a draft, the gravest first, then by place.

    Args:
        text: The draft: a post, a script with times, or subtitles.
        form: What it is meant to be.
        rules: The rules to hold it against.
        facts: What the film and its viewers say; None to leave claims unchecked.
    """
    script = read_script(text)
    desk = _Desk(script, form, rules)
    found = [*desk.form_checks(), *desk.word_checks(), *desk.commercial()]
    if facts is not None:
        found += desk.claims(facts)
    return tuple(sorted(found, key=lambda one: (LEVELS.index(one.level), one.line, one.start, one.rule)))


class _Desk:
    """One draft on the desk."""

    def __init__(self, script: Script, form: Form, rules: Mapping[str, CopyRule]) -> None:
        self.script, self.form, self.rules = script, form, rules

    def form_checks(self) -> Iterator[Finding]:
        """Yield what is wrong with length, topics, picture, hook and entry."""
        script, form = self.script, self.form
        title = script.head.get("title")
        if title is not None and form.title and not form.title[0] <= len(title) <= form.title[1]:
            least, most = form.title
            line, start = script.places["title"]
            yield self._found(
                "title_length", line, start, start + len(title), value=len(title), least=least, most=most
            )
        # What a video says is measured in seconds; the limit in characters is that of its caption.
        if form.chars and not script.timed:
            yield from self._between(script.chars, form.chars, "too_short", "too_long")
        if form.paragraph is not None and not script.timed:
            for number, chars in script.paragraphs:
                if chars > form.paragraph:
                    yield self._found("long_paragraph", number, value=chars, most=form.paragraph)
        if form.tags:
            yield from self._between(len(script.tags), form.tags, "few_tags", "many_tags")
        if form.seconds and script.seconds is not None:
            yield from self._between(script.seconds, form.seconds, "too_brief", "too_lengthy")
        if script.ratio and form.ratios and script.ratio not in form.ratios:
            words = " / ".join(form.ratios)
            yield self._found("ratio", script.places["ratio"][0], value=script.ratio, words=words)
        yield from self._hook()
        whole = "\n".join(line.text for line in script.lines)
        if "ask" in self.rules and not asks(whole, self.rules["ask"]):
            yield self._found("no_entry", script.lines[-1].number if script.lines else 0)

    def _between(self, value: float, span: tuple[float, float], under: str, over: str) -> Iterator[Finding]:
        if not span[0] <= value <= span[1]:
            key = under if value < span[0] else over
            yield self._found(key, 0, value=value, least=span[0], most=span[1])

    def _hook(self) -> Iterator[Finding]:
        lines, form = self.script.lines, self.form
        if not lines:
            return
        first = lines[0]
        if form.hook_seconds is not None and first.at is not None and first.at >= form.hook_seconds:
            yield self._found("late_hook", first.number, value=first.at, most=form.hook_seconds)
        if form.hook_chars is None or "hook" not in self.rules:
            return
        opening = "".join(line.text for line in lines)[: int(form.hook_chars)]
        if not self.rules["hook"].hits(opening):
            end = first.start + min(len(first.text), int(form.hook_chars))
            yield self._found("no_hook", first.number, first.start, end, most=form.hook_chars)

    def word_checks(self) -> Iterator[Finding]:
        """Yield each hit of each rule of words."""
        for rule in self.rules.values():
            if rule.kind == "words":
                for line, start, end in self._hits(rule):
                    words = line.text[start:end]
                    yield self._found(
                        rule.key, line.number, line.start + start, line.start + end, words=words
                    )

    def _hits(self, rule: CopyRule) -> Iterator[tuple[Line, int, int]]:
        title = self.script.head.get("title")
        extra = (
            (Line(self.script.places["title"][0], title, self.script.places["title"][1]),) if title else ()
        )
        for line in (*extra, *self.script.lines):
            for start, end in rule.hits(line.text):
                yield line, start, end

    def commercial(self) -> Iterator[Finding]:
        """Yield too high a share of selling, and a paid relation that nobody states."""
        selling = [rule for rule in self.rules.values() if rule.sells]
        sentences = [hit[0] for line in self.script.lines for hit in SENTENCE.finditer(line.text)]
        whole = sum(len(one.strip()) for one in sentences)
        sold = sum(len(one.strip()) for one in sentences if any(rule.hits(one) for rule in selling))
        limit = self.rules.get("commercial_load")
        if limit is not None and limit.most is not None and whole and sold > limit.most * whole:
            share = round(100 * sold / whole)
            yield self._found("commercial_load", 0, value=share, most=100 * limit.most)
        signs = [
            line.text[start:end]
            for rule in self.rules.values()
            if rule.paid
            for line, start, end in self._hits(rule)
        ]
        if self.script.paid:
            signs.append(self.script.head["paid"])
        stated = "disclosure" in self.rules and any(True for _ in self._hits(self.rules["disclosure"]))
        stated = stated or any(tag in {"广告", "合作", "ad"} for tag in self.script.tags)
        if signs and not stated:
            yield self._found("undisclosed", 0, words="、".join(dict.fromkeys(signs)))

    def claims(self, facts: FilmFacts) -> Iterator[Finding]:
        """Yield quoted lines the film does not hold, and feelings its viewers do not name."""
        for line in self.script.lines:
            for hit in QUOTED.finditer(line.text):
                if facts.says(hit[1]) is False:
                    yield self._found(
                        "not_in_film",
                        line.number,
                        line.start + hit.start(),
                        line.start + hit.end(),
                        words=hit[1],
                    )
        limit = self.rules.get("not_felt")
        if limit is None or limit.most is None or facts.spoken < LEAST_SPOKEN:
            return
        for rule in self.rules.values():
            share = facts.felt.get(rule.feels)
            if rule.kind == "promise" and share is not None and share < limit.most:
                for line, start, end in self._hits(rule):
                    words = line.text[start:end]
                    at = (line.start + start, line.start + end)
                    yield self._found("not_felt", line.number, *at, words=words, value=round(100 * share, 1))

    def _found(self, key: str, line: int, start: int = 0, end: int = 0, **slots: object) -> Finding:
        rule = self.rules[key]
        return Finding(
            key, rule.level, line, start, end, _filled(rule.why, slots), _filled(rule.fix, slots), rule.pack
        )


def _filled(said: Said, slots: Mapping[str, object]) -> Said:
    plain = {
        name: f"{value:g}" if isinstance(value, int | float) else str(value) for name, value in slots.items()
    }
    return Said(*(_fill(text, plain) for text in (said.zh, said.en)))


def _fill(text: str, slots: Mapping[str, str]) -> str:
    """Fill the known slots; braces of a pack that name nothing stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda found: slots.get(found[1], found[0]), text)
