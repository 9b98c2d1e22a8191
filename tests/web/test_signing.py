"""Sign-in, invitations, and where a visitor is sent."""

from datetime import UTC, datetime, timedelta

import pytest

from web_site import FILM, PASSWORD


def join(client, token, name="wang", password=PASSWORD):
    return client.post(f"/join/{token}/", {"name": name, "shown_name": "王芳", "password": password})


def test_the_first_link_makes_an_owner_and_works_once(records):
    from longtake.records.models import Person
    from longtake.services.people import invitations

    token = invitations.first_owner(datetime.now(UTC))
    client = records.client()
    assert join(client, token)["Location"] == "/"
    made = Person.objects.get(username="wang")
    assert (made.is_superuser, made.shown_name, made.password.split("$")[0]) == (True, "王芳", "argon2")
    assert client.get("/").status_code == 200
    assert join(records.client(), token, "second").status_code == 410
    assert invitations.first_owner(datetime.now(UTC)) is None


def test_a_newer_first_link_ends_the_older_one(records):
    from longtake.services.people import invitations

    older = invitations.first_owner(datetime.now(UTC))
    invitations.first_owner(datetime.now(UTC))
    assert join(records.client(), older).status_code == 410


def test_an_invitation_gives_its_part_to_an_account_that_is_there(records):
    from longtake.services.people import invitations
    from longtake.services.people.parts import part_of
    from longtake.services.people.roles import Part

    person = records.person("li")
    token = invitations.invite(
        campaign=FILM, role="agency", lane="audience", by=records.root_owner(), now=datetime.now(UTC)
    )
    client = records.client(person)
    assert client.get(f"/join/{token}/").status_code == 200
    assert client.post(f"/join/{token}/")["Location"].startswith("/c/")
    assert part_of(person, FILM) == Part("agency", "audience")


@pytest.mark.parametrize(
    ("role", "lane"), [("agency", ""), ("editor", "audience"), ("guest", ""), ("king", "")]
)
def test_an_invitation_that_promises_nonsense_is_refused(records, role, lane):
    from longtake.services.people import invitations

    with pytest.raises(invitations.InvitationError):
        invitations.invite(campaign=FILM, role=role, lane=lane, by=None, now=datetime.now(UTC))


def test_an_invitation_ends(records):
    from longtake.services.people import invitations

    past = datetime.now(UTC) - timedelta(days=8)
    token = invitations.invite(campaign=FILM, role="viewer", by=records.root_owner(), now=past)
    assert records.client().get(f"/join/{token}/").status_code == 410


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", ""])
def test_a_weak_password_makes_no_account(records, password):
    from longtake.records.models import Person
    from longtake.services.people import invitations

    token = invitations.first_owner(datetime.now(UTC))
    assert join(records.client(), token, password=password).status_code == 422
    assert not Person.objects.filter(username="wang").exists()


def test_names_that_differ_in_case_alone_are_one_name(records):
    from longtake.services.people import invitations

    records.person("Wang")
    token = invitations.first_owner(datetime.now(UTC))
    assert join(records.client(), token, "wang").status_code == 422


def test_eight_failures_close_a_name_even_to_the_right_password_and_other_names_stay_open(records):
    from longtake.records.models import Person

    for name in ("li", "chen"):
        Person.objects.create_user(name, password=PASSWORD)
    client = records.client()
    found = [client.post("/sign-in/", {"name": "Li", "password": f"wrong{i}"}).status_code for i in range(8)]
    assert found == [422] * 8
    assert client.post("/sign-in/", {"name": "li", "password": PASSWORD}).status_code == 429
    assert client.post("/sign-in/", {"name": "chen", "password": PASSWORD}).status_code == 302


def test_a_spoofed_address_does_not_open_a_closed_door(records):
    from longtake.records.models import Attempt

    Attempt.objects.bulk_create(Attempt(name=f"n{i}", address="127.0.0.1") for i in range(40))
    spoofed = {"x-forwarded-for": "10.0.0.9", "forwarded": "for=10.1.0.9", "x-real-ip": "10.2.0.9"}
    answer = records.client().post("/sign-in/", {"name": "new", "password": "x"}, headers=spoofed)
    assert answer.status_code == 429


def test_the_administration_has_no_door_of_its_own(records):
    answer = records.client().post("/admin/login/", {"username": "li", "password": "x"})
    assert answer["Location"] == "/sign-in/?next=/admin/"
    assert records.client(records.member("owner")).get("/admin/").status_code == 302
    assert records.client(records.root_owner()).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil",
        "\t//evil.example",
    ],
)
def test_nobody_is_sent_off_the_site(records, where):
    from longtake.records.models import Person

    Person.objects.create_user("li", password=PASSWORD)
    client = records.client()
    assert client.post("/sign-in/", {"name": "li", "password": PASSWORD, "next": where})["Location"] == "/"
    assert client.post("/look/", {"lang": "en", "next": where})["Location"] == "/"


def test_a_form_without_its_token_changes_nothing(records):
    from longtake.records.models import Card

    client = records.client(records.member("owner"), enforce_csrf_checks=True)
    answer = client.post(f"/c/{FILM}/board/put/", {"lane": "channel", "title": "x", "owner": "y"})
    assert answer.status_code == 403
    assert "表单" in answer.content.decode()
    assert not Card.objects.exists()


def test_a_link_with_a_password_asks_for_it(records):
    from longtake.services.people import sharing

    token = sharing.share(
        campaign=FILM, days=1, password="窗外的灯", note="", by=records.root_owner(), now=datetime.now(UTC)
    )
    client = records.client()
    assert client.get(f"/s/{token}/")["Location"] == f"/s/{token}/unlock/"
    assert client.post(f"/s/{token}/unlock/", {"password": "错"}).status_code == 422
    assert client.get(f"/s/{token}/at/heat/")["Location"] == f"/s/{token}/unlock/"
    assert client.post(f"/s/{token}/unlock/", {"password": "窗外的灯"})["Location"] == f"/s/{token}/"
    assert client.get(f"/s/{token}/").status_code == 200
    assert records.client().get(f"/s/{token}/").status_code == 302


@pytest.mark.parametrize("days", [0, 366, -1])
def test_a_link_for_no_time_or_for_ever_is_refused(records, days):
    from longtake.services.people import sharing

    with pytest.raises(sharing.ShareError):
        sharing.share(campaign=FILM, days=days, password="", note="", by=None, now=datetime.now(UTC))
