"""The invented campaigns as a new workspace gets them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from longtake.services.campaigns import known as campaigns
from longtake.services.imports import add as imports
from longtake.services.progress import Progress
from longtake.services.work import described
from longtake.services.workspace import Workspace
from longtake.simulate import exports

FILE = "campaign.toml"


def add_samples(workspace: Workspace, *, progress: Progress) -> tuple[str, ...]:
    """Import the sample campaigns and return their ids."""
    made = []
    progress.begin("sample", None)
    for files in exports.samples().values():
        with tempfile.TemporaryDirectory(prefix="longtake-") as scratch:
            folder = Path(scratch)
            for relative, content in sorted(files.items()):
                path = folder / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            campaign = campaigns.remember(workspace, folder / FILE)
            (folder / FILE).unlink()
            imports.add(workspace, campaign.id, [folder], relative_to=folder, progress=progress)
        described.follow(workspace, campaign.id, progress=progress)
        made.append(campaign.id)
    return tuple(made)
