"""New labels for what is stored already: one import at a time, each replaced in one atomic step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from longtake.store.commit import Commit
from longtake.store.durable.disk import make_folder, move, remove, sha256, storage, sync, write_new
from longtake.store.labels import Labeller, Told, write_labels


def relabel(
    root: Path, path: Path, commit: Commit, labeller: Labeller, *, stage: Callable[[str], None], told: Told
) -> Commit:
    """Label the comments of one import anew and point its commit at them; the old labels are removed.

    Killed at any point, the import has either its old labels or its new ones. The caller holds the
    campaign's lock.

    Args:
        root: The lake.
        path: The commit file.
        commit: What it says.
        labeller: What labels.
        stage: Told each stage as it is reached.
        told: Shown how many comments are labelled.

    Returns:
        The commit as it stands afterwards; the same when its labels are of this version already.

    Raises:
        StorageError: The disk refused; the import is as it was.
        LabellingError: A process that labels died; the import is as it was.
    """
    if "comments" not in commit.files or commit.model == labeller.version:
        return commit
    staging = root / ".staging" / path.parent.name / f"{commit.import_id}-labels"
    name = f"labels/{path.parent.name}/{commit.import_id}.{labeller.version}.parquet"
    with storage(root):
        make_folder(staging)
        fresh = staging / "labels.parquet"
        rows = write_labels(root / commit.files["comments"], fresh, labeller, told=told)
        sync(fresh)
        made = replace(
            commit,
            tables={**commit.tables, "labels": rows},
            files={**commit.files, "labels": name},
            digests={**commit.digests, "labels": sha256(fresh)},
            model=labeller.version,
        )
        write_new(staging / "commit.json", made.to_bytes())
        stage("relabel staged")
        move(fresh, root / name)
        stage("relabel moved")
        move(staging / "commit.json", path)
        stage("relabelled")
        if commit.files.get("labels") not in {None, name}:
            remove(root / commit.files["labels"])
        remove(staging)
    return made
