"""Screens of the administration common to every published document: write, look, publish a version."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access import scope
from cms.documents.articles import articles_of
from cms.documents.differences import difference
from cms.documents.enums import WRITTEN, DocumentKind
from cms.documents.forms import PublishForm
from cms.documents.policies import PUBLISHERS
from cms.documents.selectors import version_to_read, versions_of
from cms.documents.services import document_draft, document_publish, document_written
from cms.documents.standing import documents_standing
from cms.documents.writing import Source, pages_pending, source_of
from cms.users.roles import Role


class DocumentScreen(WagtailAdminTemplateMixin):
    """A screen about published documents; it does not exist for roles which have nothing to do there."""

    roles: tuple[Role, ...] = ()
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not scope.current().has_role(*self.roles):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class KindScreen(DocumentScreen):
    """A screen about one document, named by its address or, for those with a menu of their own, by its route."""

    roles = PUBLISHERS
    kind = ""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs.get("kind", self.kind)

    @property
    def source(self) -> Source:
        try:
            return source_of(self.kind)
        except KeyError as error:
            raise Http404 from error

    def address(self, name: str) -> str:
        return reverse(name, args=[self.kind] if name.startswith("documents_") else [])


class DocumentsView(DocumentScreen, TemplateView):
    """Documents made of articles: what is in force, what is being written."""

    page_title = "Documents du réseau"
    template_name = "documents/admin/documents.html"
    roles = PUBLISHERS
    header_icon = "doc-full"

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=documents_standing(WRITTEN), **kwargs)


class WriteView(KindScreen, View):
    """Leads to the branch of pages where the document is written."""

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        root = self.source.root()
        if root is None:
            raise Http404
        return redirect("wagtailadmin_explore", root.pk)


class PublishView(KindScreen, FormView):
    template_name = "documents/admin/publish.html"
    form_class = PublishForm

    @property
    def page_title(self) -> str:
        return f"Publier : {DocumentKind(self.kind).label.lower()}"

    def get_context_data(self, **kwargs):
        root, source = self.source.root(), self.source
        versions = versions_of(self.kind).prefetch_related(None).select_related("published_by")
        return super().get_context_data(
            root=root,
            source=source,
            written=document_written(self.kind),
            pending=pages_pending(root) if root else [],
            versions=list(versions),
            today=timezone.localdate(),
            action_url=self.address(source.publish),
            preview_url=self.address(source.preview),
            **kwargs,
        )

    def form_valid(self, form):
        try:
            version = document_publish(kind=self.kind, **form.cleaned_data, published_by=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, f"La version {version.number} est publiée. Elle ne changera plus.")
        return redirect(self.address(self.source.publish))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PreviewView(KindScreen, View):
    """A document made of articles as its readers would read it, and what would change for them."""

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        source, version = self.source, document_draft(self.kind) if self.kind in WRITTEN else None
        if version is None:
            raise Http404
        before = version_to_read(self.kind)
        found = difference(before, version, readable=source.readable, head=source.head) if before else None
        context = {
            "version": version,
            "before": before,
            "difference": found,
            "articles": articles_of(version.ordered_clauses),
            "back_url": self.address(source.publish),
        }
        return render(request, "documents/preview.html", context)
