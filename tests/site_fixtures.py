"""The fixtures of every test that needs the records."""

from __future__ import annotations

import fcntl
import shutil

import pytest

import web_site

_MADE = []


@pytest.fixture(scope="session")
def site(tmp_path_factory, app_workspace):
    """Return the one site of this process; Django can be set up once only.

    It is built once a test run; each process works on a copy of its own.
    """
    if not _MADE:
        base = tmp_path_factory.getbasetemp()
        shared = (base.parent if base.name.startswith("popen-") else base) / "web-site"
        with shared.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / "whole").exists():
                shutil.rmtree(shared, ignore_errors=True)
                web_site.build(shared / "workspace")
                (shared / "whole").touch()
        shutil.copytree(shared / "workspace", app_workspace, dirs_exist_ok=True)
        _MADE.append(web_site.opened(app_workspace))
    return _MADE[0]


@pytest.fixture
def records(site):
    """Open a transaction that is taken back after the test."""
    from django.db import transaction

    with transaction.atomic():
        yield site
        transaction.set_rollback(True)
