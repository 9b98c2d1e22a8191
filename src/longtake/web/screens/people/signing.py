"""Sign in and out, take an invitation, choose language and look, read the help."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longtake.locale import LANGUAGES
from longtake.records import trail
from longtake.records.models import Person
from longtake.services.people import invitations, throttle
from longtake.services.people.invitations import InvitationError
from longtake.services.people.throttle import TooManyAttemptsError
from longtake.web.access import anyone
from longtake.web.pages.choices import LANG, THEME, THEMES
from longtake.web.pages.show import show, tell

YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, given: str | None) -> str:
    """Return an address of this site, the front page for any other."""
    fits = given and url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if fits and given else "/"


@anyone
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    back = safe_next(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "GET":
        return show(request, "sign-in.html.j2", back=back, name="", problem="")
    name, address = request.POST.get("name", "")[:150], request.META.get("REMOTE_ADDR", "")
    now = timezone.now()
    try:
        throttle.check(name, address, now)
    except TooManyAttemptsError:
        return show(request, "sign-in.html.j2", back=back, name=name, problem="web.too_many", status=429)
    person = authenticate(request, username=name, password=request.POST.get("password", "")[:200])
    if person is None:
        throttle.failed(name, address, now)
        return show(
            request, "sign-in.html.j2", back=back, name=name, problem="web.wrong_password", status=422
        )
    throttle.passed(name)
    login(request, person)
    trail.note("sign-in", person=person)
    return redirect(back)


@anyone
@require_http_methods(["GET", "POST"])
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Send whoever wants to administrate to the one door that counts attempts."""
    del request
    return redirect("/sign-in/?next=/admin/")


@anyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        trail.note("sign-out", person=request.user)
    logout(request)
    return redirect("sign-in")


@anyone
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation: with the account at hand, or with a new one."""
    now = timezone.now()
    try:
        invitation = invitations.find(token, now)
    except InvitationError:
        return show(request, "failure.html.j2", status=410, kind="invitation_over", error=None)
    given = {"name": "", "shown_name": ""}
    problems: list[str] = []
    if request.method == "POST":
        try:
            with transaction.atomic():
                person = request.user if request.user.is_authenticated else _account(request, given, problems)
                if person is not None:
                    invitations.take(invitation, person, now)
        except InvitationError:
            return show(request, "failure.html.j2", status=410, kind="invitation_over", error=None)
        except IntegrityError:
            person = None
            problems.append("web.name_taken")
        if person is not None:
            trail.note("join", person=person, campaign=invitation.campaign, role=invitation.role)
            if not request.user.is_authenticated:
                login(request, person, backend="django.contrib.auth.backends.ModelBackend")
            tell(request, "welcome")
            if invitation.campaign:
                return redirect("overview", campaign=invitation.campaign)
            return redirect("campaigns")
    return show(
        request,
        "join.html.j2",
        invitation=invitation,
        given=given,
        problems=problems,
        status=422 if problems else 200,
    )


def _account(request: HttpRequest, given: dict[str, str], problems: list[str]) -> Person | None:
    given["name"] = name = request.POST.get("name", "").strip()[:150]
    given["shown_name"] = request.POST.get("shown_name", "").strip()[:80]
    password = request.POST.get("password", "")
    person = Person(username=name, shown_name=given["shown_name"])
    if not name or not name.isprintable():
        problems.append("web.name_needed")
    elif Person.objects.filter(username__iexact=name).exists():
        problems.append("web.name_taken")
    try:
        validate_password(password, person)
    except ValidationError as error:
        problems.extend(str(message) for message in error.messages)
    if problems:
        return None
    person.set_password(password)
    person.save()
    return person


@anyone
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the language and the theme a visitor chose."""
    answer = redirect(safe_next(request, request.POST.get("next")))
    secure = request.is_secure()
    for name, allowed, cookie in (("lang", LANGUAGES, LANG), ("theme", THEMES, THEME)):
        value = request.POST.get(name, "")
        if value in allowed:
            answer.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    return answer


@anyone
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Say how to get around and what words mean."""
    return show(request, "help.html.j2")


@anyone
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the records can be reached; for a supervisor."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
