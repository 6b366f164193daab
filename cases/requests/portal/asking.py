"""« Demander un accueil », in several screens: nothing is sent before the last button, drafts are saved."""

import uuid
from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from cases.common.forms.fields import refuse
from cases.common.forms.screens import screen_after, step_of
from cases.common.policies import ASKS, only
from cases.common.portal.pages import form_page
from cases.common.selectors import frame_warning
from cases.common.settings import on_call_phone
from cases.enums import AgePrecision, Channel, Nature
from cases.requests.forms import RequestForm, request_form_class
from cases.requests.services.sollicitations import NewSollicitation
from cases.requests.siblings.services import MOST, siblings_send
from cases.requests.tonight.forms import NAMES
from cms.partners.book.selectors import partners_as
from cms.partners.models import Partner
from cms.sessions.drafts import draft_drop, draft_fields, draft_save, form_or_draft
from cms.users.requests import UserRequest
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope

DECISIONS = ("parquet_told", "placement_order")


def request_new(request: UserRequest) -> HttpResponse:
    only(*ASKS)
    partners = list(partners_as(*ASKS))
    form = _form_for(request, partners)
    context = {
        "service": partners[0].code_name,
        "is_transmitter": not scope.current().has_role(Role.REQUESTER),
        "on_call_phone": on_call_phone(),
    }
    step = step_of(request)
    if request.method == "POST" and step == "send" and form.is_valid():
        try:
            first = NewSollicitation(
                submitted_by=request.user, nature_id=Nature.CARE, channel_id=Channel.PORTAL, **form.arguments()
            )
            rows = siblings_send(first, form.siblings_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            draft_drop(user=request.user, address=request.path)
            return redirect("cases:request_receipt", rows[0].pk)
    number = screen_after(request, form, step)
    if step not in ("", "send") and not form.errors:
        fields = draft_fields(request.POST) | {"screen": [str(number)]}
        draft_save(user=request.user, address=request.path, fields=fields)
    return form_page(request, "cases/requests/request_form.html", context | screen_of(form, number))


def _form_for(request: UserRequest, partners: list[Partner]) -> RequestForm:
    form_class = request_form_class(partners)
    known = {
        "key": uuid.uuid4(),
        "callback_name": request.user.get_full_name(),
        "callback_phone": request.user.phone,
        "age_precision": AgePrecision.ESTIMATED,
    }
    step = step_of(request)
    form = form_or_draft(
        request, lambda data: form_class(data and counted(data, step), initial=known, partners=partners)
    )
    return cast(RequestForm, form)


def counted(data: QueryDict, step: str) -> QueryDict:
    """Return the data, with one brother or sister more or less when a button asks for it."""
    if step not in ("add", "remove"):
        return data
    text = data.get("siblings", "")
    count = (int(text) if text.isdecimal() else 0) + (1 if step == "add" else -1)
    data = data.copy()
    data["siblings"] = str(max(0, min(count, MOST)))
    return data


def screen_of(form: RequestForm, number: int) -> dict[str, Any]:
    """Return the context of the page of one screen."""
    screen, is_last = form.screens[number - 1], number == len(form.screens)
    return {
        "form": form,
        "screen": screen,
        "number": number,
        "steps": [each.title for each in form.screens],
        "fields": form.shown(number),
        "carried": form.carried(number),
        "is_last": is_last,
        "recap": form.recap(number) if is_last else [],
        "remarks": form.remarks() if is_last else [],
        "takes_siblings": "sex" in screen.names and form.sibling_count < MOST,
        "sibling_count": form.sibling_count if "sex" in screen.names else 0,
    }


def request_paper(request: HttpRequest) -> HttpResponse:
    """Show the sheet to print beforehand, and to fill in by hand when the portal does not answer."""
    only(*ASKS, *SEES_ALL_CASES)
    form = RequestForm()
    context = {
        "on_call_phone": on_call_phone(),
        "frame_warning": frame_warning(),
        "urgencies": labels_of(form, "urgency"),
        "forms": labels_of(form, "forms"),
        "sexes": labels_of(form, "sex"),
        "questions": [form.fields[name].label for name in NAMES if name not in ("language", *DECISIONS)],
        "decisions": [(form.fields[name].label, labels_of(form, name)) for name in DECISIONS],
    }
    return render(request, "cases/requests/request_paper.html", context)


def labels_of(form: RequestForm, name: str) -> list[str]:
    choices = cast(Iterable[tuple[str, str]], cast(ChoiceField, form.fields[name]).choices)
    return [label for _, label in choices]
