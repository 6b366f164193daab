"""Screen « Traductions »: where each page of the site stands in each language, and beginning one."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.home.selectors import languages_written, translations_standing
from cms.home.services import translation_start
from cms.kit.forms.admin import AdminForm
from cms.settings.languages import LANGUAGES
from cms.users.models import User
from cms.users.roles import MEDIA_ROLES
from cms.wall import scope


def may_translate() -> bool:
    return scope.current().has_role(*MEDIA_ROLES)


class TranslationForm(AdminForm):
    language = forms.ChoiceField(
        label="Dans quelle langue",
        choices=[("", "Choisir…"), *((code, label) for code, label in LANGUAGES if code != "fr")],
        error_messages={"required": "Choisissez la langue."},
    )

    def __init__(self, *args: Any, pages: list[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choisir…"), *((str(page.pk), page.title) for page in pages)]
        page = forms.ChoiceField(
            label="Quelle page", choices=choices, error_messages={"required": "Choisissez la page."}
        )
        self.fields = {"page": page, **self.fields}
        self.say_choices()


class TranslationsView(WagtailAdminTemplateMixin, FormView):
    page_title = "Traductions"
    header_icon = "site"
    template_name = "home/admin/translations.html"
    form_class = TranslationForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_translate():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        self.rows = translations_standing()
        return super().get_form_kwargs() | {"pages": [page for page, _ in self.rows]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = dict(settings.LANGUAGES)
        return context | {"rows": self.rows, "languages": [names[code] for code in languages_written()]}

    def form_valid(self, form: TranslationForm) -> HttpResponse:
        page = Page.objects.get(pk=form.cleaned_data["page"])
        code, by = form.cleaned_data["language"], cast(User, self.request.user)
        try:
            with transaction.atomic():
                copy = translation_start(page=page, code=code, by=by)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_service_error(error)
            return self.form_invalid(form)
        messages.success(self.request, "La page est copiée en brouillon : traduisez-la, puis publiez-la.")
        return redirect("wagtailadmin_pages:edit", copy.pk)

    def form_invalid(self, form: TranslationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
