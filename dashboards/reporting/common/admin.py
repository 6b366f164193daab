"""Helpers of every screen of periods in the back office."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import NotRequired, TypedDict, TypeVar, Unpack

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from cms.decisions.models import DecidedByTwo
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.users.models import User
from cms.users.requests import UserRequest
from dashboards.policies import EXPORT, VIEW

Row = TypeVar("Row", bound=Model)
Decision = TypeVar("Decision", bound=DecidedByTwo)
TITLE = "Périodes et publications"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
INDEX = {"url": reverse_lazy("havre_periods:index"), "label": TITLE}
BACK = reverse_lazy("havre_periods:index")


def allowed(request: UserRequest, right: str = VIEW) -> None:
    """Raise `Http404` without the right: a page that is not for this account does not exist for it."""
    if not request.user.has_perm(right):
        raise Http404


def allowed_to_decide(request: UserRequest) -> None:
    allowed(request, EXPORT)


def row_or_404(model: type[Row], pk: uuid.UUID) -> Row:
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def shown(request: UserRequest, title: str, context: dict, *, crumb: str = "", template: str = "") -> HttpResponse:
    trail = [HOME, INDEX, {"url": "", "label": crumb}] if crumb else [HOME, {"url": "", "label": title}]
    context |= {"page_title": title, "header_title": title, "breadcrumbs_items": trail, "header_buttons": []}
    return TemplateResponse(request, template or "kit/inspect.html", context)


def day(value: dt.date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


def name_of(user: User | None) -> str:
    return str(user) if user else ""


def state_of(row: DecidedByTwo, *, agreed: str) -> str:
    if row.dismissed_at:
        return f"écartée le {day(row.dismissed_at)}"
    return f"{agreed} le {day(row.agreed_at)}" if row.agreed_at else "attend une seconde personne"


class DecisionTexts(TypedDict):
    """What the page of a decision says, as `action_page` takes it."""

    title: str
    intro: NotRequired[str]
    done: str
    submit_label: str


def decision_page(
    request: UserRequest,
    model: type[Decision],
    pk: uuid.UUID,
    *,
    run: Callable[[Decision], object],
    back: str,
    back_pk: str = "pk",
    **texts: Unpack[DecisionTexts],
) -> HttpResponse:
    """Ask to confirm a decision, then take it; lead to the page `back` of the row that `back_pk` names."""
    allowed_to_decide(request)
    row = row_or_404(model, pk)
    return action_page(
        request,
        form=AdminForm(request.POST if request.method == "POST" else None),
        run=lambda data: run(row),
        subtitle=str(row),
        back_url=reverse(f"havre_periods:{back}", args=[getattr(row, back_pk)]),
        **texts,
    )
