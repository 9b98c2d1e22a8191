"""Every route, every part, two films: who gets in is written here by hand, and a missing route fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from longtake.render.inventory import slug
from plan_site import planned
from web_site import FILM, OTHER, ROLES

# Route: method, kwargs besides the campaign, and who gets in:
# O owner, E editor, A analyst, G agency (channel lane), J juror, V viewer.
CAMPAIGN = {
    "overview": ("GET", {}, "OEAGJV"),
    "screen": ("GET", {"screen": "heat"}, "OEAGV"),
    "section": ("GET", {"screen": "heat", "section": "heat"}, "OEAGV"),
    "chart-live": ("GET", {"chart": "heat"}, "OEAGV"),
    "chart-csv": ("GET", {"chart": "heat"}, "OEAGV"),
    "chart-xlsx": ("GET", {"chart": "heat"}, "OEAGV"),
    "workbook": ("GET", {}, "OEAV"),
    "figures-json": ("GET", {}, "OEAV"),
    "papers": ("GET", {}, "OEAV"),
    "paper": ("GET", {"kind": "one-page", "form": "pdf"}, "OEAV"),
    "rows": ("GET", {"figure": "@figure"}, "OEAGV"),
    "rows-csv": ("GET", {"figure": "@figure"}, "OEAGV"),
    "annotate": ("POST", {}, "OEA"),
    "annotation-drop": ("POST", {"number": "@annotation"}, "OEA"),
    "search": ("GET", {}, "OEAGJV"),
    "files": ("GET", {}, "OE"),
    "receipt": ("GET", {"number": "@import"}, "OEAGV"),
    "undo": ("POST", {"number": "@import"}, "OE"),
    "map": ("GET", {"tray": "@tray"}, "OE"),
    "measure": ("POST", {}, "OE"),
    "card": ("GET", {}, "OEAGJV"),
    "circle-put": ("POST", {}, "OE"),
    "ledger": ("GET", {}, "OEAGV"),
    "event-put": ("POST", {}, "OE"),
    "event-drop": ("POST", {"index": 77}, "OE"),
    "nodes": ("GET", {}, "OEAGV"),
    "node-put": ("POST", {}, "OE"),
    "node-drop": ("POST", {"index": 77}, "OE"),
    "assets": ("GET", {}, "OEAGV"),
    "board": ("GET", {}, "OEAGV"),
    "card-put": ("POST", {}, "OEG"),
    "card-move": ("POST", {"number": "@card"}, "OEG"),
    "card-drop": ("POST", {"number": "@card"}, "OEG"),
    "alerts": ("GET", {}, "OEAV"),
    "alert-look": ("POST", {}, "OE"),
    "alert-trial": ("POST", {}, "OE"),
    "rule-put": ("POST", {}, "OE"),
    "rule-pause": ("POST", {"rule": "@rule"}, "OE"),
    "rule-drop": ("POST", {"rule": "@rule"}, "OE"),
    "channel-put": ("POST", {}, ""),
    "channel-drop": ("POST", {"channel": "team"}, ""),
    "alert-answer": ("POST", {"key": "@alert"}, "OE"),
    "plan": ("GET", {}, "OEAGV"),
    "plan-adopt": ("POST", {}, "OE"),
    "plan-history": ("GET", {}, "OEAV"),
    "plan-retrospective": ("GET", {}, "OEAV"),
    "plan-learn": ("POST", {}, "OE"),
    "plan-dual": ("GET", {}, "OEAV"),
    "plan-memory": ("GET", {}, "OEAV"),
    "plan-remember": ("POST", {}, "OE"),
    "plan-rows": ("GET", {"figure": "@planned"}, "OEAV"),
    "plan-stage": ("GET", {"stage": "@stage"}, "OEAGV"),
    "plan-power": ("POST", {"stage": "@stage"}, "OE"),
    "plan-edit": ("POST", {"stage": "@stage"}, "OE"),
    "plan-lock": ("POST", {"stage": "@stage"}, "OE"),
    "plan-start": ("POST", {"stage": "@stage"}, "OE"),
    "plan-look": ("POST", {"stage": "@stage"}, "OE"),
    "plan-judge": ("POST", {"stage": "@stage"}, "OE"),
    "plan-extend": ("POST", {"stage": "@stage"}, "OE"),
    "plan-stop": ("POST", {"stage": "@stage"}, "OE"),
    "plan-roll": ("POST", {"stage": "@stage"}, "OE"),
    "members": ("GET", {}, "O"),
    "invite": ("POST", {}, "O"),
    "member-drop": ("POST", {"number": "@membership"}, "O"),
    "trials": ("GET", {}, "OEAV"),
    "trial-new": ("GET", {}, "OEA"),
    "trial-power": ("POST", {}, "OEA"),
    "trial": ("GET", {"trial": "@trial"}, "OEAV"),
    "trial-start": ("POST", {"trial": "@trial"}, "OEA"),
    "trial-rows": ("POST", {"trial": "@trial"}, "OEA"),
    "trial-look": ("POST", {"trial": "@trial"}, "OEA"),
    "trial-judge": ("POST", {"trial": "@trial"}, "OEA"),
    "trial-figure": ("GET", {"trial": "@trial", "figure": "arm-0"}, "OEAV"),
    "trial-verdict": ("GET", {"trial": "@trial"}, "OEAV"),
    "trial-template": ("GET", {"trial": "@trial"}, "OEA"),
    "acts": ("GET", {}, "O"),
    "acts-csv": ("GET", {}, "O"),
    "share": ("GET", {}, "OE"),
    "withdraw": ("POST", {"number": "@link"}, "OE"),
}
SIGNED_IN = {"campaigns": {}, "new-campaign": {}, "compare": {}}
OPEN = {"look", "help", "health", "sign-in", "admin-sign-in", "sign-out", "join", "shared-unlock"}
BY_LINK = {
    "shared-overview": {},
    "shared-screen": {"screen": "heat"},
    "shared-section": {"screen": "heat", "section": "heat"},
    "shared-chart-live": {"chart": "heat"},
    "shared-paper": {"kind": "one-page", "form": "pdf"},
}
OF_JOB = {"job": ("GET", "OEAGJV"), "job-cancel": ("POST", "OE"), "job-retry": ("POST", "OE")}
OF_WORKSPACE = {"workspace-people", "workspace-acts", "workspace-acts-csv"}
WHOLE = {
    "workbook",
    "figures-json",
    "plan-history",
    "plan-retrospective",
    "plan-dual",
    "plan-memory",
    "plan-rows",
}
"""What an agency, which sees its lane alone, does not find."""
LETTER = dict(zip(ROLES, "OEAGJV", strict=True))
BODY = {"card-put": {"lane": "channel", "title": "x", "owner": "y"}, "map": {"file": "未知.csv"}}


def routes(patterns=None):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern


def objects(site, film):
    from datetime import UTC, datetime, timedelta

    from longtake.records.models import Annotation, Card, Job, Membership, ShareLink
    from longtake.services.people import sharing
    from longtake.services.work import inbox

    now = datetime.now(UTC)
    owner = site.person(f"maker-{film}")
    rule = {FILM: "one", OTHER: "other"}[film]
    site.alerts(film, rule)
    tray = inbox.tray(site.workspace)
    inbox.put(tray, "未知.csv", ["甲,乙\n1,2\n".encode()])
    Job.objects.create(kind="import", campaign=film, state="done", given={"tray": tray.name})
    token = sharing.share(
        campaign=film, days=1, password="", note="", by=owner, now=now + timedelta(seconds=1)
    )
    return {
        "@figure": slug(f"{film}:heat.comments.weibo"),
        "@annotation": Annotation.objects.create(campaign=film, at=now, text="x").pk,
        "@import": site.workspace.lake.commits(film)[0].import_id,
        "@tray": tray.name,
        "@card": Card.objects.create(campaign=film, lane="channel", title="x", owner="y").pk,
        "@membership": Membership.objects.create(person=owner, campaign=film, role="viewer").pk,
        "@link": ShareLink.objects.get(campaign=film).pk,
        "@job": Job.objects.create(kind="measure", campaign=film, state="failed").pk,
        "@token": token,
        "@trial": site.trial(film, f"cut-{film.encode().hex()}"),
        "@rule": rule,
        "@alert": f"key-{rule}",
        **planned(site, film),
    }


def ask(client, name, film, there):
    method, given, _ = CAMPAIGN[name]
    kwargs = {key: there.get(value, value) for key, value in given.items()}
    address = reverse(name, kwargs={"campaign": film, **kwargs})
    body = BODY.get(name, {})
    return client.get(address, body) if method == "GET" else client.post(address, body)


def outcome(answer):
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/"):
        return "sign-in"
    if answer.status_code < 400 or answer.status_code in {409, 422, 503}:
        return "in"
    return str(answer.status_code)


def test_every_route_is_in_the_matrix_and_says_who_may_open_it(site):
    listed = {*CAMPAIGN, *SIGNED_IN, *OPEN, *BY_LINK, *OF_JOB, *OF_WORKSPACE}
    assert sorted(route.name for route in routes()) == sorted(listed)
    assert [route.name for route in routes() if not hasattr(route.callback, "access")] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_part_gets_in_exactly_where_the_matrix_says(records, role):
    there = objects(records, FILM)
    client = records.client(records.member(role))
    found, wanted = {}, {}
    for name, (_, _, letters) in CAMPAIGN.items():
        from django.db import transaction

        point = transaction.savepoint()
        found[name] = outcome(ask(client, name, FILM, there))
        transaction.savepoint_rollback(point)
        hidden = role == "agency" and name in WHOLE
        wanted[name] = "in" if LETTER[role] in letters else "404" if hidden else "403"
    assert found == wanted


@pytest.mark.parametrize("role", ROLES)
def test_no_part_in_one_film_opens_anything_of_another(records, role):
    there = objects(records, OTHER)
    client = records.client(records.member(role, FILM))
    found = {name: outcome(ask(client, name, OTHER, there)) for name in CAMPAIGN}
    assert set(found.values()) == {"404"}, found
    for name, (method, _) in OF_JOB.items():
        address = reverse(name, kwargs={"number": there["@job"]})
        assert outcome(client.get(address) if method == "GET" else client.post(address)) == "404"


OWN_OBJECTS = [
    name for name, (_, given, _) in CAMPAIGN.items() if any(str(v).startswith("@") for v in given.values())
]


@pytest.mark.parametrize("name", OWN_OBJECTS)
def test_an_object_of_another_film_is_not_found_under_ones_own(records, name):
    there = objects(records, OTHER)
    assert outcome(ask(records.client(records.member("owner", FILM)), name, FILM, there)) == "404"


def test_strangers_are_sent_to_sign_in_and_outsiders_see_nothing(records):
    there = objects(records, FILM)
    stranger, outsider = records.client(), records.client(records.person("outsider"))
    for name in CAMPAIGN:
        assert outcome(ask(stranger, name, FILM, there)) == "sign-in", name
        assert outcome(ask(outsider, name, FILM, there)) == "404", name
    for name in (*SIGNED_IN, *OF_WORKSPACE):
        assert outcome(stranger.get(reverse(name))) == "sign-in"
    for name in OF_WORKSPACE:
        assert outcome(outsider.get(reverse(name))) == "403", name
    page = outsider.get("/").content.decode()
    assert FILM not in page
    assert OTHER not in page


@pytest.mark.parametrize("role", ROLES)
def test_jobs_follow_the_part_in_their_film(records, role):
    there = objects(records, FILM)
    client = records.client(records.member(role))
    for name, (method, letters) in OF_JOB.items():
        address = reverse(name, kwargs={"number": there["@job"]})
        answer = client.get(address) if method == "GET" else client.post(address)
        assert outcome(answer) == ("in" if LETTER[role] in letters else "404"), name


def test_an_agency_opens_the_screens_of_its_lane_and_no_other(records):
    client = records.client(records.member("agency", lane="channel"))
    found = {
        screen: client.get(reverse("screen", kwargs={"campaign": FILM, "screen": screen})).status_code
        for screen in (
            "heat",
            "box-office",
            "voice",
            "story",
            "positioning",
            "interaction",
            "diagnosis",
            "more",
        )
    }
    assert found == {"heat": 200, "box-office": 200} | dict.fromkeys(
        ("voice", "story", "positioning", "interaction", "diagnosis", "more"), 404
    )
    assert client.get(reverse("overview", kwargs={"campaign": FILM}))["Location"].endswith("/board/")
    voice = reverse("chart-live", kwargs={"campaign": FILM, "chart": "polarity-days"})
    assert client.get(voice).status_code == 404
    body = {"lane": "audience", "title": "x", "owner": "y"}
    assert client.post(reverse("card-put", kwargs={"campaign": FILM}), body).status_code == 404


def test_a_link_shows_its_film_alone_without_rows_and_ends(records):
    from datetime import UTC, datetime

    from longtake.services.people import sharing

    there = objects(records, FILM)
    client = records.client()
    for name, given in BY_LINK.items():
        answer = client.get(reverse(name, kwargs={"token": there["@token"], **given}))
        assert outcome(answer) == "in", name
        assert "/rows/" not in answer.content.decode()
        assert f"/c/{FILM}" not in answer.content.decode()
    assert outcome(ask(client, "rows", FILM, there)) == "sign-in"
    assert outcome(client.get(reverse("shared-overview", kwargs={"token": "A" * 32}))) == "404"
    assert sharing.withdraw(FILM, there["@link"], datetime.now(UTC))
    for name, given in BY_LINK.items():
        assert outcome(client.get(reverse(name, kwargs={"token": there["@token"], **given}))) == "404"


def test_a_workspace_owner_opens_every_film(records):
    client = records.client(records.root_owner())
    for film in (FILM, OTHER):
        there = objects(records, film)
        for name in ("overview", "screen", "rows", "files", "members"):
            assert outcome(ask(client, name, film, there)) == "in", name
