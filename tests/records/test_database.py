"""The shape of the database holds what code might forget."""

import pytest

from longtake.errors import LongtakeError
from longtake.records.database import database
from web_site import FILM


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "nonsense", "postgresql:///"])
def test_another_kind_of_database_is_refused(url, tmp_path):
    with pytest.raises(LongtakeError):
        database(url, tmp_path)


@pytest.mark.parametrize(("role", "lane"), [("agency", ""), ("viewer", "channel")])
def test_a_lane_belongs_to_agencies_and_to_them_alone(records, role, lane):
    from django.db import IntegrityError, transaction

    from longtake.records.models import Membership

    person = records.person("x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=person, campaign=FILM, role=role, lane=lane)


def test_a_person_has_one_part_in_a_film(records):
    from django.db import IntegrityError, transaction

    from longtake.records.models import Membership

    person = records.member("viewer")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=person, campaign=FILM, role="owner")


def test_the_migrations_say_what_the_models_say(site):
    from django.core.management import call_command

    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)


def test_sqlite_keeps_a_log_ahead_and_holds_foreign_keys(site):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("this run uses PostgreSQL")
    with connection.cursor() as cursor:
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")]
    assert found == ["wal", 1]


def test_no_secret_can_be_read_by_others(site):
    key = site.root / "web" / "signing-key"
    assert key.stat().st_mode & 0o077 == 0
    assert len(key.read_text()) >= 48
