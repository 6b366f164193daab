"""The public pages of a child: saying, then coming back with the code. And the poster that leads there.

No cookie is set and none is read: a signed key in the page stands for the token against forged requests, and what is
written is the deed of nobody signed in (`csrf_exempt` opens nothing that a stranger could not send).
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from cases.common.forms.fields import refuse
from cases.common.policies import TEAM, only
from cases.voice.forms import CodeForm, SayForm, WriteForm
from cases.voice.papers import poster_pdf
from cases.voice.rules import WAIT_SECONDS, is_too_much, key_new, key_read
from cases.voice.selectors import ANSWER_HOURS, voice_thread
from cases.voice.services import voice_send, voice_write
from cms.kit.papers import pdf_response
from cms.values.settings import setting_value
from cms.wall import scope

TOO_MANY, UNPROCESSABLE = 429, 422
SAY, SENT, CODE, THREAD = (f"cases/voice/voice_{name}.html" for name in ("say", "sent", "code", "thread"))
OLD_PAGE = "Cette page est trop vieille. Envoie encore une fois."
WRONG_CODE = "Ce code ne va pas. Regarde bien les chiffres."


@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def voice_say(request: HttpRequest) -> HttpResponse:
    """Show the page, then the code. The receipt answers the sending itself: another page would have to store it."""
    if request.method != "POST":
        return _page(request, SAY, {"form": SayForm(initial={"key": key_new()})})
    form = SayForm(request.POST)
    if not form.is_valid():
        return _page(request, SAY, {"form": form}, UNPROCESSABLE)
    key = key_read(form.cleaned_data["key"])
    if key is None:
        form = SayForm({**request.POST.dict(), "key": key_new()})
        form.add_error(None, OLD_PAGE)
        return _page(request, SAY, {"form": form}, UNPROCESSABLE)
    if is_too_much(request, "voice_send"):
        return _page(request, SAY, {"form": form, "is_slowed": True}, TOO_MANY)
    try:
        return _page(request, SENT, {"receipt": voice_send(key=key, **form.said())})
    except ValidationError as error:
        refuse(form, error)
        return _page(request, SAY, {"form": form}, UNPROCESSABLE)


@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def voice_follow(request: HttpRequest) -> HttpResponse:
    """Show what a code opens, and write more under it. The code is posted each time, never in the address."""
    if request.method != "POST":
        return _page(request, CODE, {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, CODE, {"form": form}, UNPROCESSABLE)
    if is_too_much(request, "voice_follow"):
        return _page(request, CODE, {"form": form, "is_slowed": True}, TOO_MANY)
    code = form.cleaned_data["code"]
    thread = voice_thread(code)
    if thread is None:
        form.add_error("code", WRONG_CODE)
        return _page(request, CODE, {"form": form}, UNPROCESSABLE)
    return _written(request, code) if "words" in request.POST else _thread(request, code, WriteForm())


def _written(request: HttpRequest, code: str) -> HttpResponse:
    form = WriteForm(request.POST)
    if not form.is_valid():
        return _thread(request, code, form, UNPROCESSABLE)
    if is_too_much(request, "voice_send"):
        return _thread(request, code, form, TOO_MANY)
    try:
        voice_write(code=code, **form.said())
    except ValidationError as error:
        refuse(form, error)
        return _thread(request, code, form, UNPROCESSABLE)
    return _thread(request, code, WriteForm(), is_in_danger=form.cleaned_data["danger"], is_sent=True)


def _thread(request: HttpRequest, code: str, form: WriteForm, status: int = 200, **more: Any) -> HttpResponse:
    if not form.is_bound:
        form.initial = {"code": code}
    context = {"thread": voice_thread(code), "form": form, "is_slowed": status == TOO_MANY, **more}
    return _page(request, THREAD, context, status)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = render(request, template, context | {"hours": setting_value(ANSWER_HOURS)}, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    if status == TOO_MANY:
        answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


@require_GET
def voice_poster(request: HttpRequest) -> HttpResponse:
    """Give the poster to the teams of structures and to the coordination: the same for all."""
    if not scope.current().sees_all_cases():
        only(*TEAM)
    return pdf_response(poster_pdf(), "affiche-dire-ce-qui-ne-va-pas")
