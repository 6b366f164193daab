"""Signing on one's own telephone, without an account: the code opens ten minutes, the name typed is the signature."""

import uuid
from collections.abc import Callable
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cms.journal.services import attempt_refused
from cms.users.models import User
from cms.wall import scope
from formation.attendance.forms import AccountSignForm, AttendanceSignForm, CodeForm, WalkInForm
from formation.attendance.papers import code_drawing
from formation.attendance.services.signatures import (
    SignatureOutcome,
    code_scanned,
    code_typed,
    signature_give,
    walk_in_ask,
)
from formation.common.portal import form_page, posted
from formation.common.rules import CodeRefusalError
from formation.common.services import too_many, wrong_once
from formation.enums import AnswerWay, Way
from formation.sessions.models.sessions import HalfDay
from formation.sessions.rules import answer_token
from formation.sessions.selectors import moment_now

PASS, SIGNED = "signing", "signed"
PASS_SECONDS = 600
"""Time to type a name once the code was scanned or typed."""

SENTENCES = {
    "forged": "Ce code n’est pas l’un des nôtres. Scannez celui qui est affiché dans la salle.",
    "unknown": "Ce code n’est pas celui qui est affiché. Relisez-le : six signes, il change toutes les deux minutes.",
    "early": "Ce code ne sert pas encore. Scannez celui qui est affiché maintenant.",
    "late": "Ce code a changé : une photo ou une copie ne sert plus. Utilisez celui qui est affiché maintenant.",
    "before": "L’émargement de cette demi-journée n’est pas encore ouvert.",
    "after": "L’émargement de cette demi-journée est fermé. Parlez-en à la personne qui anime.",
    "closed": "La feuille de cette demi-journée est close. Parlez-en à la personne qui anime.",
    "stranger": "Vous n’êtes pas sur la liste de cette session. Vérifiez votre nom, ou inscrivez-vous sur place.",
    "namesake": "Deux personnes inscrites portent ce nom. Ajoutez l’adresse électronique de votre inscription.",
    "shared": "Ce téléphone a déjà signé pour une autre personne. Signez sur le vôtre, ou sur celui de qui anime.",
}
GONE = 404


@never_cache
@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    """Take a code typed by somebody without a camera."""
    if too_many(request):
        return render(request, "formation/attendance/signing/wait.html", status=429)
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            half_day = code_typed(code=form.cleaned_data["code"])
        except CodeRefusalError as refusal:
            wrong_once(request)
            _refusal_note(refusal)
            form.add_error("code", SENTENCES[refusal.why])
        else:
            return _passed(request, half_day, Way.CODE)
    return form_page(request, "formation/attendance/signing/code.html", {"form": form})


@never_cache
@require_GET
@login_not_required
def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange a scanned code at once for a pass of this browser: the address in its history then opens nothing."""
    try:
        return _passed(request, code_scanned(token=token), Way.QR)
    except CodeRefusalError as refusal:
        _refusal_note(refusal)
        return _refused(request, refusal.why)


@require_GET
@login_not_required
def drawing(request: HttpRequest, token: str) -> HttpResponse:
    """Send the code as a picture, for the page that shows it. Raise `Http404` for a code that no longer serves."""
    try:
        code_scanned(token=token)
    except CodeRefusalError as refusal:
        raise Http404 from refusal
    picture = code_drawing(token)
    return HttpResponse(picture, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@never_cache
@login_not_required
def sign(request: HttpRequest) -> HttpResponse:
    half_day, way = _pass_of(request)
    if half_day is None:
        return _refused(request, "late")
    is_known = request.user.is_authenticated
    form: AccountSignForm | AttendanceSignForm
    form = AccountSignForm(posted(request)) if is_known else AttendanceSignForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _give(request, form, half_day, way)
        except CodeRefusalError as refusal:
            _refusal_note(refusal)
            form.add_error(None, SENTENCES[refusal.why])
        else:
            return _done(request, half_day, outcome)
    return form_page(
        request, "formation/attendance/signing/sign.html", {"form": form, "half_day": half_day, "is_known": is_known}
    )


def _give(
    request: HttpRequest, form: AccountSignForm | AttendanceSignForm, half_day: HalfDay, way: Way
) -> SignatureOutcome:
    if isinstance(form, AttendanceSignForm):
        name, email = form.name(), form.cleaned_data["email"]
        return _once(request, half_day, lambda: signature_give(half_day=half_day, way=way, name=name, email=email))
    user = cast(User, request.user)
    name = f"{user.last_name} {user.first_name}"
    return _once(request, half_day, lambda: signature_give(half_day=half_day, way=way, user=user, name=name))


def _once(request: HttpRequest, half_day: HalfDay, give: Callable[[], SignatureOutcome]) -> SignatureOutcome:
    """Sign for one person per telephone: signing again for the same person is harmless, for another one is refused."""
    outcome = give()
    known = request.session.get(SIGNED, {}).get(str(half_day.pk))
    if known and known != outcome.key:
        raise CodeRefusalError("shared", half_day.pk)
    return outcome


@never_cache
@login_not_required
def walk_in(request: HttpRequest) -> HttpResponse:
    """Take the name, the employer, the profession and the signature of somebody who is not on the list."""
    half_day, way = _pass_of(request)
    if half_day is None:
        return _refused(request, "late")
    form = WalkInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _once(request, half_day, lambda: walk_in_ask(half_day=half_day, way=way, facts=form.facts()))
        except CodeRefusalError as refusal:
            _refusal_note(refusal)
            form.add_error(None, SENTENCES[refusal.why])
        else:
            return _done(request, half_day, outcome, is_walk_in=True)
    return form_page(request, "formation/attendance/signing/walk_in.html", {"form": form, "half_day": half_day})


@never_cache
@require_GET
@login_not_required
def signed(request: HttpRequest) -> HttpResponse:
    latest = request.session.get("signed_last")
    if latest is None:
        return _refused(request, "late")
    with scope.acting(scope.SIGNING):
        rows = HalfDay.objects.select_related("session__clause__version").prefetch_related("session__half_days")
        half_day = rows.filter(pk=latest["half_day"]).first()
    if half_day is None:
        return _refused(request, "late")
    key = request.session.get(SIGNED, {}).get(latest["half_day"])
    if key and moment_now(half_day.session, timezone.now()):
        latest = latest | {"questionnaire": answer_token(uuid.UUID(key), AnswerWay.LINK)}
    return render(request, "formation/attendance/signing/signed.html", latest | {"half_day": half_day})


def _done(
    request: HttpRequest, half_day: HalfDay, outcome: SignatureOutcome, *, is_walk_in: bool = False
) -> HttpResponse:
    request.session.pop(PASS, None)
    request.session[SIGNED] = request.session.get(SIGNED, {}) | {str(half_day.pk): outcome.key}
    request.session["signed_last"] = {
        "half_day": str(half_day.pk),
        "is_new": outcome.is_new,
        "is_walk_in": is_walk_in,
    }
    return redirect("formation:signing-done")


def _passed(request: HttpRequest, half_day: HalfDay, way: Way) -> HttpResponse:
    until = timezone.now().timestamp() + PASS_SECONDS
    request.session[PASS] = {"half_day": str(half_day.pk), "way": way.value, "until": until}
    return redirect("formation:signing-sign")


def _pass_of(request: HttpRequest) -> tuple[HalfDay | None, Way]:
    browser_pass = request.session.get(PASS)
    if not browser_pass or browser_pass["until"] < timezone.now().timestamp():
        return None, Way.QR
    with scope.acting(scope.SIGNING):
        half_day = HalfDay.objects.select_related("session").filter(pk=browser_pass["half_day"]).first()
    return half_day, Way(browser_pass["way"])


def _refusal_note(refusal: CodeRefusalError) -> None:
    """Write the refusal in the journal, so that attempts with a photographed code are seen."""
    half_day = str(refusal.half_day_id) if refusal.half_day_id else None
    attempt_refused("auth.signing.refused", {"why": [None, refusal.why], "half_day": half_day})


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "formation/attendance/signing/refused.html", {"sentence": SENTENCES[why]}, status=GONE)
