"""Screens of the administration common to every published document: write, look, publish a version."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.documents.enums import OWN_PAGES, ProposalState
from cms.documents.pages.rules import articles_of
from cms.documents.pages.selectors import Source, pages_commented, pages_pending, source_of
from cms.documents.proposals.models import VersionProposal
from cms.documents.proposals.services import (
    proposal_get,
    proposal_holds,
    proposal_publish,
    proposal_return,
    proposal_validate,
    proposal_withdraw,
    version_propose,
)
from cms.documents.signatures.selectors import documents_standing
from cms.documents.versions.forms import PublishForm
from cms.documents.versions.models import Document
from cms.documents.versions.policies import PUBLISHERS, validation_required
from cms.documents.versions.rules.differences import difference
from cms.documents.versions.selectors import proposal_open, version_last, version_to_read, versions_of
from cms.documents.versions.services.pages import document_draft, document_publish, document_written
from cms.kit.constraints import sentence_for
from cms.kit.templatetags.french import date
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope


class DocumentScreen(WagtailAdminTemplateMixin):
    """A screen about published documents; it does not exist for roles which have nothing to do there."""

    roles: tuple[Role, ...] = ()
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not scope.current().has_role(*self.roles):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class KindScreen(DocumentScreen):
    """A screen about one document, named by its address or, for those with a menu of their own, by its route."""

    roles = PUBLISHERS
    kind = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs.get("kind", self.kind)

    @cached_property
    def document(self) -> Document:
        row = Document.objects.filter(kind=self.kind, retired_on=None).first()
        if row is None:
            raise Http404
        return row

    @property
    def source(self) -> Source:
        try:
            return source_of(self.document.kind)
        except KeyError as error:
            raise Http404 from error

    def address(self, name: str) -> str:
        return reverse(name, args=[self.kind] if name.startswith("documents_") else [])


class DocumentsView(DocumentScreen, TemplateView):
    """Documents made of articles: what is in force, what is being written."""

    page_title = "Protocoles et chartes"
    template_name = "documents/admin/documents.html"
    roles = PUBLISHERS
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=documents_standing(), **kwargs)


class WriteView(KindScreen, View):
    """Leads to the branch of pages where the document is written."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        root = self.source.root()
        if root is None:
            raise Http404
        return redirect("wagtailadmin_explore", root.pk)


class PublishView(KindScreen, FormView):
    template_name = "documents/admin/publish.html"
    form_class = PublishForm

    @property
    def page_title(self) -> str:
        return f"Publier : {self.document.title.lower()}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind, "author": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        root, source = self.source.root(), self.source
        versions = versions_of(self.kind).prefetch_related(None).select_related("published_by")
        return super().get_context_data(
            root=root,
            source=source,
            written=document_written(self.kind),
            pending=pages_pending(root) if root else [],
            commented=pages_commented(root) if root else [],
            open_proposal=proposal_open(self.kind),
            is_validated_first=validation_required(self.kind, self.request.user.pk),
            versions=list(versions),
            today=timezone.localdate(),
            action_url=self.address(source.publish),
            preview_url=self.address(source.preview),
            **kwargs,
        )

    def form_valid(self, form: PublishForm) -> HttpResponse:
        try:
            with transaction.atomic():
                return self._propose(form) if form.cleaned_data["validator"] else self._publish(form)
        except ValidationError as error:
            form.add_service_error(error)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error))
        return self.form_invalid(form)

    def _publish(self, form: PublishForm) -> HttpResponse:
        facts = {name: form.cleaned_data[name] for name in ("number", "effective_on", "is_major", "change_note")}
        version = document_publish(kind=self.kind, **facts, published_by=cast(User, self.request.user))
        messages.success(self.request, f"La version {version.number} est publiée. Elle ne changera plus.")
        return redirect(self.address(self.source.publish))

    def _propose(self, form: PublishForm) -> HttpResponse:
        row = version_propose(kind=self.kind, **form.cleaned_data, by=cast(User, self.request.user))
        messages.success(self.request, f"La version {row.number} est proposée à {row.validator}.")
        return redirect("documents_proposal", row.pk)

    def form_invalid(self, form: PublishForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PreviewView(KindScreen, View):
    """A document made of articles as its readers would read it, and what would change for them."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        source, version = self.source, document_draft(self.kind) if self.kind not in OWN_PAGES else None
        if version is None:
            raise Http404
        before = version_to_read(self.kind)
        result = difference(before, version, readable=source.readable, head=source.head) if before else None
        context = {
            "version": version,
            "before": before,
            "difference": result,
            "articles": articles_of(version.ordered_clauses),
            "back_url": self.address(source.publish),
        }
        return render(request, "documents/preview.html", context)


class ProposalView(DocumentScreen, TemplateView):
    """A version proposed: what it would change, and what the person who looks may do about it."""

    template_name = "documents/admin/proposal.html"
    roles = PUBLISHERS
    page_title = "Version proposée"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = proposal_get(self.kwargs["pk"])
        source, version = source_of(row.document.kind), document_draft(row.document.kind)
        before = version_last(row.document.kind) if row.is_open else None
        result = None
        if before is not None and version is not None:
            result = difference(before, version, readable=source.readable, head=source.head)
        is_mine = row.validator_id == self.request.user.pk
        root = source.root() if row.is_open else None
        return super().get_context_data(
            row=row,
            source=source,
            commented=pages_commented(root) if root else [],
            before=before,
            difference=result,
            holds=not row.is_open or proposal_holds(row),
            is_to_decide=is_mine and row.state == ProposalState.PROPOSED,
            is_to_publish=row.state == ProposalState.VALIDATED,
            preview_url=self.address(source.preview, row.document.kind),
            publish_url=self.address(source.publish, row.document.kind),
            **kwargs,
        )

    @staticmethod
    def address(name: str, kind: str) -> str:
        return reverse(name, args=[kind] if name.startswith("documents_") else [])

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row, verb = proposal_get(pk), request.POST.get("verb", "")
        try:
            with transaction.atomic():
                done = self._run(verb, row)
        except ValidationError as error:
            context = self.get_context_data(errors=error.messages, words=request.POST.get("words", ""))
            return self.render_to_response(context, status=422)
        messages.success(request, done)
        return redirect("documents_proposal", row.pk)

    def _run(self, verb: str, row: VersionProposal) -> str:
        by = cast(User, self.request.user)
        if verb == "validate":
            proposal_validate(proposal=row, by=by)
            if row.scheduled_on:
                return (
                    f"Votre validation est enregistrée. La version sera publiée le {date(row.scheduled_on, 'j F Y')}."
                )
            return "Votre validation est enregistrée. La version peut être publiée."
        if verb == "return":
            proposal_return(proposal=row, words=self.request.POST.get("words", ""), by=by)
            return f"La proposition est renvoyée à {row.proposed_by}."
        if verb == "withdraw":
            proposal_withdraw(proposal=row, by=by)
            return "La proposition est retirée."
        if verb == "publish":
            version = proposal_publish(proposal=row, by=by)
            return f"La version {version.number} est publiée. Elle ne changera plus."
        raise ValidationError("Choisissez ce que vous faites de cette version.")
