"""Screens « Logiciels prévenus »: who is told of what, the decision of a second person, the log, what is replayed."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.events.feed.rules import LEAVES
from cms.events.webhooks.forms import SubscriptionForm
from cms.events.webhooks.models import Subscription
from cms.events.webhooks.policies import may_agree, may_tell
from cms.events.webhooks.selectors import attempts_of, channel_of, log_of, subscription_get, subscriptions_listed
from cms.events.webhooks.services.subscriptions import (
    delivery_replay,
    secret_change,
    secret_show,
    subscription_agree,
    subscription_ask,
    subscription_dismiss,
    subscription_pause,
    subscription_resume,
    subscription_revoke,
)
from cms.kit.constraints import sentence_for
from cms.sessions.step_up import fresh_required
from cms.users.models import User

Verb = Callable[..., object]
VERBS: dict[str, tuple[Verb, str]] = {
    "agree": (subscription_agree, "C’est accordé : ce logiciel est prévenu dès maintenant. Sa clé est prête."),
    "dismiss": (subscription_dismiss, "La demande est écartée : rien ne part."),
    "revoke": (subscription_revoke, "C’est arrêté : plus rien ne part vers ce logiciel."),
    "pause": (subscription_pause, "En pause : ce qui arrive attend."),
    "resume": (subscription_resume, "C’est repris : ce qui attendait part dans la minute."),
}
KEYS: dict[str, Verb] = {"key_show": secret_show, "key_change": secret_change}
"""What shows a key: a recent confirmation is asked for."""


class SubscriptionScreen(WagtailAdminTemplateMixin):
    """A screen about what other software is told; it does not exist for roles which have nothing to do there."""

    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_tell():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def row(self) -> Subscription:
        row = subscription_get(self.kwargs["pk"])
        if row is None:
            raise Http404
        return row


class SubscriptionsView(SubscriptionScreen, TemplateView):
    page_title = "Logiciels prévenus"
    template_name = "events/admin/subscriptions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(row, channel_of(row) if row.is_in_force else None) for row in subscriptions_listed()]
        return super().get_context_data(rows=rows, **kwargs)


class AskView(SubscriptionScreen, FormView):
    page_title = "Prévenir un logiciel"
    template_name = "events/admin/ask.html"
    form_class = SubscriptionForm

    def form_valid(self, form: SubscriptionForm) -> HttpResponse:
        try:
            with transaction.atomic():
                row = subscription_ask(**form.given(), by=cast(User, self.request.user))
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_service_error(error)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error))
        else:
            messages.success(self.request, "C’est demandé : une autre personne décide. Rien ne part d’ici là.")
            return redirect("events_subscription", row.pk)
        return self.form_invalid(form)

    def form_invalid(self, form: SubscriptionForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SubscriptionView(SubscriptionScreen, TemplateView):
    """One software: what it is told, how it answers, and what may be done about it."""

    template_name = "events/admin/subscription.html"
    page_title = "Logiciel prévenu"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row()
        is_mine = row.asked_by_id == self.request.user.pk
        return super().get_context_data(
            row=row,
            channel=channel_of(row),
            kinds=[LEAVES[kind] for kind in row.kinds if kind in LEAVES],
            log=[(delivery, LEAVES.get(delivery.kind, ""), attempt) for delivery, attempt in log_of(row)],
            may_agree=row.is_waiting and may_agree() and not is_mine,
            is_mine=is_mine,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row, by, verb = self.row(), cast(User, request.user), request.POST.get("verb", "")
        if verb in KEYS and (answer := fresh_required(request)):
            return answer
        try:
            with transaction.atomic():
                shown = self._do(row, by, verb)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(errors=error.messages), status=422)
        if shown:
            response = self.render_to_response(self.get_context_data(secret=shown))
            response.headers["Cache-Control"] = "no-store"
            return response
        return redirect("events_subscription", pk)

    def _do(self, row: Subscription, by: User, verb: str) -> str:
        """Do what a button says; answers the key to show, if any."""
        if verb in KEYS:
            return str(KEYS[verb](row=row, by=by))
        if verb == "replay":
            delivery_replay(row=row, delivery_id=_uuid(self.request.POST.get("delivery", "")), by=by)
            messages.success(self.request, "L’avis repart dans la minute, sous le même numéro.")
        elif verb in VERBS:
            service, done = VERBS[verb]
            service(row=row, by=by)
            messages.success(self.request, done)
        else:
            raise ValidationError("Choisissez ce qu’il faut faire.")
        return ""


class DeliveryView(SubscriptionScreen, TemplateView):
    """Each try of one notice."""

    template_name = "events/admin/delivery.html"
    page_title = "Essais d’un avis"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row()
        found = attempts_of(row, self.kwargs["notice"])
        if found is None:
            raise Http404
        delivery, attempts = found
        words, back = LEAVES.get(delivery.kind, ""), reverse("events_subscription", args=[row.pk])
        return super().get_context_data(delivery=delivery, words=words, attempts=attempts, back=back, **kwargs)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ValidationError("Cet avis n’est plus gardé.") from error
