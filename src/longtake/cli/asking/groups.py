"""The command about opinion groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from longtake.cli.console import answer, out, show, words
from longtake.cli.options import AsJson, Lang
from longtake.locale import Catalogue
from longtake.locale.numbers import fixed

if TYPE_CHECKING:
    from longtake.services.answers.groups import Conversation


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("groups")(opinion_groups)


def opinion_groups(
    votes: Annotated[
        Path, typer.Argument(help="Votes: a CSV or XLSX as Polis exports it, or a folder of them.")
    ],
    statements: Annotated[
        Path | None, typer.Option("--statements", help="What was voted on, with the text of each statement.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show the opinion groups behind votes, what marks each, what all agree on and what divides."""
    from longtake.services.answers import groups  # noqa: PLC0415 -- slow import

    conversation = groups.read(votes, statements_file=statements)
    if as_json:
        answer(_plain(conversation))
        return
    _tell(conversation, words(lang))


def _tell(conversation: Conversation, say: Catalogue) -> None:
    found = conversation.found
    people, about = found.votes.size
    out.print(say.say("say.groups_read", people=people, statements=about, votes=int(found.votes.value.size)))
    if conversation.refused:
        out.print(
            say.say("say.groups_rows_refused", n=len(conversation.refused), line=conversation.refused[0].line)
        )
    clear = "–" if found.silhouette is None else fixed(found.silhouette, 2)
    if found.refused is not None:
        key = f"say.groups_{found.refused.reason}"
        out.print(say.say(key, n=found.n, needed=found.refused.needed or 0, silhouette=clear))
    else:
        out.print(say.say("say.groups_drawn", n=found.n, k=found.k, silhouette=clear))
        verdict = "say.groups_clear" if found.clear else "say.groups_cloud"
        out.print(say.say(verdict, single=fixed(found.single or 0.0, 2)))
    sides = {True: say.say("groups.agrees"), False: say.say("groups.disagrees")}
    headings = [say.say(f"column.{key}") for key in ("side_taken", "votes_that_way", "statement")]
    for group, marks in enumerate(found.marks):
        share = found.sizes[group] / found.n
        out.print()
        out.print(
            say.say(
                "groups.one", letter=chr(65 + group), people=int(found.sizes[group]), share=f"{share:.0%}"
            )
        )
        rows = [
            (
                sides[mark.agrees],
                f"{mark.leaning.chosen}/{mark.leaning.seen}",
                conversation.text(mark.statement),
            )
            for mark in marks
        ]
        show(headings, rows)
    out.print()
    out.print(say.say("groups.consensus" if found.consensus else "groups.no_consensus"))
    if found.consensus:
        agreed = [
            (sides[one.agrees], f"{one.chosen}/{one.seen}", conversation.text(one.statement))
            for one in found.consensus
        ]
        show(headings, agreed)
    _divides(conversation, say)


def _divides(conversation: Conversation, say: Catalogue) -> None:
    found, rows = conversation.found, []
    for statement in conversation.dividing():
        agree, seen = found.counted.agree[:, statement], found.counted.seen[:, statement]
        shares = [f"{a}/{s}" for a, s in zip(agree.tolist(), seen.tolist(), strict=True)]
        rows.append((*shares, conversation.text(statement)))
    if rows:
        out.print()
        out.print(say.say("groups.divides"))
        letters = [say.say("groups.agree_of", letter=chr(65 + one)) for one in range(found.k)]
        show([*letters, say.say("column.statement")], rows)


def _plain(conversation: Conversation) -> dict[str, object]:
    """Return everything that is told, as JSON takes it."""
    found = conversation.found
    people, about = found.votes.size
    return {
        "people": people,
        "statements": about,
        "votes": int(found.votes.value.size),
        "read": conversation.read,
        "refused": [
            {"line": one.line, "column": one.column, "value": one.value, "expected": one.expected}
            for one in conversation.refused
        ],
        "n": found.n,
        "k": found.k,
        "silhouette": found.silhouette,
        "silhouette_by_k": {str(k): value for k, value in sorted(found.by_k.items())},
        "silhouette_of_a_single_crowd": found.single,
        "clearer_than_a_single_crowd": found.clear,
        "no_groups_because": None if found.refused is None else found.refused.reason,
        "groups": [
            {
                "people": int(found.sizes[group]),
                "marks": [
                    {
                        "statement": found.votes.statements[mark.statement],
                        "text": conversation.text(mark.statement),
                        "side": "agree" if mark.agrees else "disagree",
                        "votes": mark.leaning.chosen,
                        "seen": mark.leaning.seen,
                        "p": mark.leaning.p,
                        "p_test": mark.leaning.p_test,
                        "r": mark.leaning.r,
                        "r_test": mark.leaning.r_test,
                    }
                    for mark in marks
                ],
            }
            for group, marks in enumerate(found.marks)
        ],
        "consensus": [
            {
                "statement": found.votes.statements[one.statement],
                "text": conversation.text(one.statement),
                "side": "agree" if one.agrees else "disagree",
                "votes": one.chosen,
                "seen": one.seen,
                "p": one.p,
                "p_test": one.p_test,
                "group_aware": float(found.group_aware[one.statement]),
            }
            for one in found.consensus
        ],
        "divides": [
            {
                "statement": found.votes.statements[one],
                "text": conversation.text(one),
                "agree": found.counted.agree[:, one].tolist(),
                "seen": found.counted.seen[:, one].tolist(),
            }
            for one in conversation.dividing()
        ],
    }
