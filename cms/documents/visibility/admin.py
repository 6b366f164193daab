"""Screens « Qui lit quoi »: who reads each document and page, what would show, and the decision of a second person."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.models import Page

from cms.documents.enums import VisibilityLevel
from cms.documents.versions.admin import DocumentScreen
from cms.documents.versions.models import Document
from cms.documents.versions.policies import PUBLISHERS
from cms.documents.visibility.forms import VisibilityForm
from cms.documents.visibility.models import Visibility
from cms.documents.visibility.policies import may_agree
from cms.documents.visibility.selectors import (
    Target,
    decisions_of,
    pages_decided,
    reach_asked,
    reach_of,
    shown_hash,
    shown_parts,
    visibility_waiting,
)
from cms.documents.visibility.services import CHANGED, visibility_agree, visibility_change, visibility_dismiss
from cms.documents.visibility.words import COPIED, reach_words
from cms.kit.constraints import sentence_for
from cms.users.models import User


def address_of(target: Target) -> str:
    if isinstance(target, Document):
        return reverse("documents_visibility_document", args=[target.kind])
    return reverse("documents_visibility_page", args=[target.pk])


class VisibilitiesView(DocumentScreen, TemplateView):
    """Every document and page of the site, with who reads it and what waits."""

    page_title = "Qui lit quoi"
    template_name = "documents/admin/visibilities.html"
    roles = PUBLISHERS
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        targets = [*Document.objects.order_by("title"), *pages_decided()]
        waiting = {row.document_id or row.page_id: row for row in Visibility.objects.waiting()}
        rows = [
            {
                "title": target.title,
                "kind": "Document" if isinstance(target, Document) else "Page",
                "who": reach_words(reach_of(target)),
                "url": address_of(target),
                "waiting": waiting.get(target.pk),
            }
            for target in targets
        ]
        return super().get_context_data(rows=rows, **kwargs)


class VisibilityView(DocumentScreen, FormView):
    """One document or page: who reads it, what everybody would read, and the form that changes it."""

    template_name = "documents/admin/visibility.html"
    form_class = VisibilityForm
    roles = PUBLISHERS
    header_icon = "view"

    def target(self) -> Target:
        if "kind" in self.kwargs:
            target = Document.objects.filter(kind=self.kwargs["kind"]).first()
        else:
            target = pages_decided().filter(pk=self.kwargs["pk"]).first()
        if target is None:
            raise Http404
        return target

    @property
    def page_title(self) -> str:
        return f"Qui lit : {self.target().title}"

    def get_form_kwargs(self) -> dict[str, Any]:
        target = self.target()
        return super().get_form_kwargs() | {"reach": reach_of(target), "has_versions": isinstance(target, Document)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = self.target()
        decisions = [(row, reach_words(reach_asked(row))) for row in decisions_of(target)]
        reach = reach_of(target)
        return super().get_context_data(
            target=target,
            who=reach_words(reach),
            waiting=visibility_waiting(target),
            shown=shown_parts(target, with_older=reach.with_older),
            decisions=decisions,
            **kwargs,
        )

    def form_valid(self, form: VisibilityForm) -> HttpResponse:
        try:
            with transaction.atomic():
                row = visibility_change(target=self.target(), **form.given(), by=cast(User, self.request.user))
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_service_error(error)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error))
        else:
            if row.is_widening:
                messages.success(self.request, "L’ouverture est demandée : une autre personne décide.")
                return redirect("documents_visibility_decide", row.pk)
            messages.success(self.request, f"C’est fermé dès maintenant. {COPIED}")
            return redirect(address_of(self.target()))
        return self.form_invalid(form)

    def form_invalid(self, form: VisibilityForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class DecideView(DocumentScreen, TemplateView):
    """An opening asked: exactly what would show, and the agreement of a second person."""

    template_name = "documents/admin/visibility_decide.html"
    roles = PUBLISHERS
    page_title = "Ouverture demandée"
    header_icon = "view"

    def row(self) -> Visibility:
        rows = Visibility.objects.filter(is_widening=True, pk=self.kwargs["pk"])
        row = rows.select_related("document", "page", "asked_by", "agreed_by", "dismissed_by").first()
        if row is None:
            raise Http404
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row()
        target = row.document or Page.objects.filter(pk=row.page_id).first()
        is_mine = row.asked_by_id == self.request.user.pk
        return super().get_context_data(
            row=row,
            target=target,
            back_url=address_of(target) if target else reverse("documents_visibility"),
            who=reach_words(reach_asked(row)),
            is_public=row.level == VisibilityLevel.PUBLIC,
            shown=shown_parts(target, with_older=row.with_older) if target and row.is_waiting else [],
            holds=target is not None and shown_hash(target, with_older=row.with_older) == row.shown,
            changed=CHANGED,
            copied=COPIED,
            may_agree=row.is_waiting and may_agree() and not is_mine,
            is_mine=is_mine,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row, by, verb = self.row(), cast(User, request.user), request.POST.get("verb")
        try:
            with transaction.atomic():
                if verb == "agree":
                    visibility_agree(row=row, by=by)
                elif verb == "dismiss":
                    visibility_dismiss(row=row, by=by)
                else:
                    raise ValidationError("Choisissez : accorder, ou écarter la demande.")
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(errors=error.messages), status=422)
        done = "C’est ouvert dès maintenant." if verb == "agree" else "La demande est écartée : rien ne change."
        messages.success(request, done)
        return redirect("documents_visibility")
