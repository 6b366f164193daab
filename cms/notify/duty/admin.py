"""« Gardes »: the week, who holds what, the holes, exchanges. For the coordination and the direction."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, cast

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.notify.duty.forms import DutyForm, SwapForm, duty_words, first_hours
from cms.notify.duty.models import Duty, DutySwap
from cms.notify.duty.policies import rota_or_404
from cms.notify.duty.selectors import next_duties, on_duty, own_duties, rota_week, swaps_waiting
from cms.notify.duty.services.duties import duty_add, duty_cancel, swap_answer, swap_propose, swap_withdraw
from cms.notify.enums import Rank
from cms.users.models import User

TITLE = "Gardes"
BACK = reverse_lazy("havre_rota:index")


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _row(model: type[Model], pk: uuid.UUID) -> Any:
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _monday(text: str) -> dt.date:
    """Monday of the week asked (`2026-W48`, as the browser writes it), else of this one."""
    try:
        return dt.datetime.strptime(f"{text}-1", "%G-W%V-%u").date()
    except ValueError:
        today = timezone.localdate()
        return today - dt.timedelta(days=today.weekday())


def week_code(day: dt.date) -> str:
    return f"{day:%G-W%V}"


def index_page(request: HttpRequest) -> HttpResponse:
    rota_or_404()
    monday, now = _monday(request.GET.get("semaine", "")), timezone.now()
    context = {
        "days": rota_week(monday=monday),
        "ranks": Rank,
        "monday": monday,
        "sunday": monday + dt.timedelta(days=6),
        "before": week_code(monday - dt.timedelta(days=7)),
        "after": week_code(monday + dt.timedelta(days=7)),
        "week": week_code(monday),
        "now_on_duty": on_duty(at=now),
        "next_duties": next_duties(at=now),
        "own": [(duty, duty_words(duty)) for duty in own_duties(after=now)],
        "swaps": [swap_line(swap, cast(User, request.user).pk) for swap in swaps_waiting()],
        "page_title": TITLE,
        "header_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": TITLE},
        ],
        "header_buttons": [],
    }
    return TemplateResponse(request, "notify/admin/rota.html", context)


def swap_line(swap: DutySwap, user_id: uuid.UUID) -> dict[str, Any]:
    return {
        "swap": swap,
        "duty": duty_words(swap.duty),
        "in_exchange": duty_words(swap.in_exchange) if swap.in_exchange else "",
        "is_for_me": swap.proposed_to_id == user_id,
        "is_mine": swap.proposed_by_id == user_id,
    }


def add_page(request: HttpRequest) -> HttpResponse:
    rota_or_404()
    monday = _monday(request.GET.get("semaine", ""))
    return action_page(
        request,
        form=DutyForm(_data(request), initial=first_hours(monday)),
        run=lambda cleaned: duty_add(**cleaned),
        title="Inscrire une garde",
        subtitle=TITLE,
        intro="Une seule personne par rang à la fois. Les heures sont celles de Paris.",
        done="La garde est inscrite.",
        back_url=str(BACK),
        submit_label="Inscrire",
    )


def cancel_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    rota_or_404()
    duty = _row(Duty, pk)
    return action_page(
        request,
        form=AdminForm(_data(request)),
        run=lambda cleaned: duty_cancel(duty=duty),
        title="Retirer une garde",
        subtitle=TITLE,
        intro=f"{duty.person}, {duty.get_rank_display()}, {duty_words(duty)}. "
        "Inscrivez quelqu’un d’autre à sa place : une heure sans personne est appelée au rang suivant.",
        done="La garde est retirée.",
        back_url=str(BACK),
        submit_label="Retirer",
    )


def swap_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    rota_or_404()
    duty = _row(Duty, pk)
    return action_page(
        request,
        form=SwapForm(_data(request)),
        run=lambda cleaned: swap_propose(duty=duty, by=cast(User, request.user), **cleaned),
        title="Proposer un échange",
        subtitle=TITLE,
        intro=f"Votre garde {duty_words(duty)}, {duty.get_rank_display()}. Elle reste la vôtre tant que l’autre "
        "personne n’a pas accepté.",
        done="L’échange est proposé.",
        back_url=str(BACK),
        submit_label="Proposer",
    )


def _answer_page(
    request: HttpRequest, pk: uuid.UUID, *, run: Callable[..., object], title: str, done: str
) -> HttpResponse:
    rota_or_404()
    swap = _row(DutySwap, pk)
    line = swap_line(swap, cast(User, request.user).pk)
    exchange = (
        f" En échange, {swap.proposed_by} prendrait la garde {line['in_exchange']}." if line["in_exchange"] else ""
    )
    return action_page(
        request,
        form=AdminForm(_data(request)),
        run=lambda cleaned: run(swap),
        title=title,
        subtitle=TITLE,
        intro=f"{swap.proposed_by} propose à {swap.proposed_to} sa garde {line['duty']}, "
        f"{swap.duty.get_rank_display()}.{exchange}",
        done=done,
        back_url=str(BACK),
        submit_label=title,
    )


def accept_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _answer_page(
        request,
        pk,
        run=lambda swap: swap_answer(swap=swap, by=cast(User, request.user), is_accepted=True),
        title="Accepter l’échange",
        done="La garde est à vous.",
    )


def decline_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _answer_page(
        request,
        pk,
        run=lambda swap: swap_answer(swap=swap, by=cast(User, request.user), is_accepted=False),
        title="Refuser l’échange",
        done="La garde reste à la personne qui la proposait.",
    )


def withdraw_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _answer_page(
        request,
        pk,
        run=lambda swap: swap_withdraw(swap=swap, by=cast(User, request.user)),
        title="Retirer la proposition",
        done="La proposition est retirée.",
    )


class RotaViewSet(ViewSet):
    name = "havre_rota"
    url_prefix = "astreinte/gardes"
    icon = "calendar-alt"
    menu_label = TITLE

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index_page, name="index"),
            path("inscrire/", add_page, name="add"),
            path("<uuid:pk>/retirer/", cancel_page, name="cancel"),
            path("<uuid:pk>/echanger/", swap_page, name="swap"),
            path("echanges/<uuid:pk>/accepter/", accept_page, name="swap_accept"),
            path("echanges/<uuid:pk>/refuser/", decline_page, name="swap_decline"),
            path("echanges/<uuid:pk>/reprendre/", withdraw_page, name="swap_withdraw"),
        ]
