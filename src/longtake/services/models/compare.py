"""The built-in labels of a campaign beside those of a plugged model; nothing stored is changed."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from longtake.domain.estimate import Quantity
from longtake.domain.figure import Evidence
from longtake.errors import NotFoundError
from longtake.services.campaigns import known
from longtake.services.models.agreement import equal_share, kappa
from longtake.services.models.answers import METHOD, Answer
from longtake.services.models.labelling import label_with_chat
from longtake.services.models.labels import Label, named
from longtake.services.models.memory import Memory
from longtake.services.models.wire.client import Client
from longtake.services.progress import Progress, Silent
from longtake.services.reports.masking import masked
from longtake.services.workspace import Workspace
from longtake.store.session import Session, open_session

MOST = 10_000
_PAGE = 50_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One comment that the two call by different names.

    Attributes:
        source_file: The file it came from.
        source_line: Its line or record in it.
        text: The comment, personal data hidden, cut at the length of a page's quote.
        built_in: The stored label.
        plugged: The model's.
        span: The words of the comment that decided for the model.
    """

    source_file: str
    source_line: int
    text: str
    built_in: str
    plugged: str
    span: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One value of the label.

    Attributes:
        value: Its name.
        built_in: Rows the built-in model gives it to.
        plugged: Rows the plugged model gives it to.
        both: Rows that both do.
    """

    value: str
    built_in: int
    plugged: int
    both: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two labellings of the same comments.

    Attributes:
        label: What was judged.
        method: The plugged model's method, ``chat:`` and its name.
        sampled: Comments asked about, each with a text of its own.
        unanswered: Comments for which no answer could be believed; left out of every figure.
        kappa: Cohen's kappa.
        equal: Share of equal labels.
        classes: One row a value, in the label's order.
        differences: Comments called by different names, by file and line.
    """

    label: str
    method: str
    sampled: int
    unanswered: int
    kappa: Quantity
    equal: Quantity
    classes: tuple[ClassRow, ...]
    differences: tuple[Difference, ...]


def compare(
    workspace: Workspace,
    campaign: str,
    *,
    label: str,
    sample: int,
    client: Client,
    progress: Progress | None = None,
) -> Comparison:
    """Ask a plugged model for the labels of a sample of a campaign's comments, and compare.

    The sample is the same each time: distinct texts, chosen by a hash of the text alone, so that a flood of
    copies counts once. What was asked before is not asked again. Stored labels are read, never written.

    Args:
        workspace: Where the campaign lies.
        campaign: Its name or id.
        label: The label's name; the built-in one must be stored with the comments.
        sample: Most comments to ask about, 1 to 10,000.
        client: The model.
        progress: Where to show progress.

    Raises:
        NotFoundError: No campaign or label has the name, or the built-in label is not stored.
        ModelSettingError: No model is named.
        ModelUnreachableError: The server answers nothing at all.
        ModelAnswerError: It does not take an invented text.
        ValueError: ``sample`` is out of range.
    """
    if not 1 <= sample <= MOST:
        raise ValueError(f"sample {sample} is not in 1..{MOST}")
    chosen = named(label)
    method = METHOD + client.chat_name
    bar = progress or Silent()
    bar.begin("read", None)
    with open_session(workspace.lake, known.find(workspace, campaign).id) as session:
        rows = sampled(session, chosen, sample)
    answers = label_with_chat(
        [row["text"] for row in rows],
        labels=chosen,
        client=client,
        memory=Memory.of(workspace),
        progress=bar,
    )
    return _compared(chosen, method, rows, answers)


def sampled(session: Session, label: Label, sample: int) -> list[dict[str, Any]]:
    """Return stored comments that carry the built-in label, one a distinct text, in a fixed order.

    Raises:
        NotFoundError: No comment is stored with the label.
    """
    # A text's first row in the catalogue's own order stands for it; the smallest hashes are the sample.
    kept: dict[bytes, dict[str, Any]] = {}
    worst: list[tuple[int, bytes]] = []
    for row in _labelled(session, label):
        key = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).digest()
        rank = -int.from_bytes(key, "big")
        if key in kept or (len(kept) == sample and rank < worst[0][0]):
            continue
        kept[key] = row
        heapq.heappush(worst, (rank, key))
        if len(kept) > sample:
            del kept[heapq.heappop(worst)[1]]
    if not kept:
        raise NotFoundError("stored label", label.name, fix="Import comments, or run `longtake relabel`.")
    return [kept[key] for key in sorted(kept)]


def _labelled(session: Session, label: Label) -> Iterator[dict[str, Any]]:
    """Yield the stored comments that have a text and the label, page by page."""
    columns = ["text", label.name, "source_file", "source_line"]
    at, total = 0, 1
    while at < total:
        total, page = session.rows(Evidence("rows.comments"), limit=_PAGE, offset=at)
        for row in page.select(columns).to_pylist():
            if row["text"] and row["text"].strip() and row[label.name] in label.values:
                yield row
        at += _PAGE


def _compared(
    label: Label, method: str, rows: list[dict[str, Any]], answers: list[Answer | None]
) -> Comparison:
    """Count the two labellings of the rows that were answered."""
    judged = [(row, answer) for row, answer in zip(rows, answers, strict=True) if answer is not None]
    pairs = [(str(row[label.name]), answer.value) for row, answer in judged]
    cells: Mapping[tuple[str, str], int] = Counter(pairs)
    classes = tuple(
        ClassRow(
            value,
            sum(n for (first, _), n in cells.items() if first == value),
            sum(n for (_, second), n in cells.items() if second == value),
            cells.get((value, value), 0),
        )
        for value in label.values
    )
    differences = sorted(
        (
            Difference(
                row["source_file"],
                row["source_line"],
                masked(row["text"])[0],
                row[label.name],
                answer.value,
                answer.span,
            )
            for row, answer in judged
            if row[label.name] != answer.value
        ),
        key=lambda found: (found.source_file, found.source_line, found.text),
    )
    return Comparison(
        label.name,
        method,
        len(rows),
        len(rows) - len(judged),
        kappa(pairs),
        equal_share(pairs),
        classes,
        tuple(differences),
    )
