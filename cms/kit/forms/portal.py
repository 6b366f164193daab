"""Forms of the portal: our templates, our way of saying errors."""

from django import forms
from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class PortalForm(forms.Form):
    default_renderer = PortalRenderer
