"""Pages that create and change a row of a list: forms that call services."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.forms import ModelChoiceField
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from cms.kit.constraints import sentence_for
from cms.kit.pages import constraints_check
from cms.values.forms import AdminModelForm

if TYPE_CHECKING:
    from wagtail.admin.views.generic import CreateView as FormView
else:
    FormView = object


class ServiceFormMixin(FormView):
    """A form whose service may refuse: its sentences come back beside the fields, nothing is written."""

    def get_form(self, form_class: type[AdminModelForm] | None = None) -> AdminModelForm:
        form = super().get_form(form_class)
        form.user = self.request.user
        return form

    def save_instance(self) -> Model:
        instance = self.form.save()
        constraints_check()
        return instance

    def form_valid(self, form: AdminModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_service_error(error)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error))
        self.produced_error_message = "Rien n’a été enregistré : corrigez ce qui est signalé ci-dessous."
        return self.form_invalid(form)

    def form_invalid(self, form: AdminModelForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_success_url(self) -> str:
        return self.inspect_url() or super().get_success_url()

    def inspect_url(self) -> str:
        return reverse(self.inspect_url_name, args=[quote(self.object.pk)]) if self.inspect_url_name else ""

    def get_success_buttons(self) -> list[Button]:
        return []

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([])


class ScopedCreateView(ServiceFormMixin, generic.CreateView):
    view_name = "create"
    inspect_url_name = None
    add_label = "Ajouter"
    submit_button_label = "Enregistrer"
    submit_button_active_label = "Enregistrement…"

    def get_initial(self) -> dict[str, Any]:
        """Let a link propose a row of a list (`?partner=…`); the form checks it like any other choice."""
        fields = self.get_form_class().base_fields
        chosen = {
            name: value for name, value in self.request.GET.items() if isinstance(fields.get(name), ModelChoiceField)
        }
        return {**super().get_initial(), **chosen}

    def get_page_title(self) -> str:
        return self.add_label

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        parent = {"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)}
        return [*self.breadcrumbs_items, parent, {"url": "", "label": self.add_label}]

    success_message = "« %(object)s » est enregistré."
    error_message = "Rien n’a été enregistré : corrigez ce qui est signalé ci-dessous."


class ScopedEditView(ServiceFormMixin, generic.EditView):
    view_name = "edit"
    page_title = "Modifier"

    def get_header_title(self) -> str:
        # The title of the browser: Wagtail's own glues the colon, which French keeps off by a no-break space.
        return f"{self.get_page_title()}\u00a0: {self.get_page_subtitle()}"

    success_message = "« %(object)s » est enregistré."
    error_message = "Rien n’a été enregistré : corrigez ce qui est signalé ci-dessous."
