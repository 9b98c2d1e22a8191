"""Make the records usable in a process."""

from __future__ import annotations

import hashlib
import os
from importlib import metadata
from pathlib import Path

SETTINGS = "longtake.records.settings"
VARIABLE = "LONGTAKE_WORKSPACE"


def boot(workspace: Path) -> None:
    """Load the applications for a workspace; a second call changes nothing.

    The settings read the folder from the environment, which is as before afterwards.
    """
    import django  # noqa: PLC0415 -- app ready
    from django.apps import apps  # noqa: PLC0415 -- app ready

    if apps.ready:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(workspace.resolve())
    try:
        django.setup()
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def migrate() -> None:
    """Bring the database to the newest shape."""
    from django.core.management import call_command  # noqa: PLC0415 -- app ready

    call_command("migrate", interactive=False, verbosity=0)


def collect() -> None:
    """Lay every static file out under the name of its content, compressed."""
    from django.core.management import call_command  # noqa: PLC0415 -- app ready

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def static_stamp(seed: str) -> str:
    """Return the digest of the static files' sources; the same sources need no second collection."""
    from django.conf import settings  # noqa: PLC0415 -- app ready

    digest = hashlib.sha256(seed.encode())
    for folder in settings.STATICFILES_DIRS:
        root = folder[1] if isinstance(folder, tuple) else folder
        for path in sorted(p for p in root.rglob("*") if p.is_file() and root.name != "made"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def version() -> str:
    """Return the product's version."""
    return metadata.version("longtake")
