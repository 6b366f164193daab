"""Screens « Comptes de logiciels »: what each software opens, who answers for it, the decision of a second person."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.events.software.models import SoftwareAccount
from cms.events.software.policies import may_agree, may_follow
from cms.events.software.selectors import software_get, software_listed
from cms.events.software.services import software_agree, software_dismiss, software_stop
from cms.users.models import User

VERBS: dict[str, tuple[Callable[..., object], str]] = {
    "agree": (software_agree, "C’est accordé : la personne qui en répond peut créer sa clé."),
    "dismiss": (software_dismiss, "La demande est écartée : rien ne s’ouvre."),
    "revoke": (software_stop, "C’est arrêté : ce logiciel n’ouvre plus rien."),
}


class SoftwareScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen about software; it does not exist for roles which have nothing to do there."""

    header_icon = "desktop"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_follow():
            raise Http404
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class SoftwareListView(SoftwareScreen):
    page_title = "Comptes de logiciels"
    template_name = "events/admin/software_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=software_listed(), **kwargs)


class SoftwareView(SoftwareScreen):
    """One software: what it opens, until when, and what may be done about it."""

    template_name = "events/admin/software.html"
    page_title = "Compte de logiciel"

    def row(self) -> SoftwareAccount:
        row = software_get(self.kwargs["pk"])
        if row is None:
            raise Http404
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row()
        is_mine = row.asked_by_id == self.request.user.pk
        may = row.is_waiting and may_agree()
        return super().get_context_data(row=row, may_agree=may and not is_mine, may_dismiss=may, **kwargs)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row, by = self.row(), cast(User, request.user)
        try:
            if request.POST.get("verb") not in VERBS:
                raise ValidationError("Choisissez ce qu’il faut faire.")
            service, done = VERBS[request.POST["verb"]]
            with transaction.atomic():
                service(row=row, by=by)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(errors=error.messages), status=422)
        messages.success(request, done)
        return redirect("events_software", pk)
