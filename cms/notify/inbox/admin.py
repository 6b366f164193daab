"""The inbox in the admin, and the texts of the messages in the menu of settings."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from cms.kit.blocks import Cell, Listing
from cms.navigation.menu import RoleMenuItem
from cms.notify.duty.policies import manages_rota, rota_or_404
from cms.notify.inbox.forms import TextForm
from cms.notify.inbox.rules import notification_kind, notification_kinds
from cms.notify.inbox.selectors import inbox
from cms.notify.inbox.services.obligations import message_text_change
from cms.notify.inbox.words import DIGEST, DIGEST_LABEL, text_check, text_fill, text_in_force, texts_in_force
from cms.users.models import User
from cms.wall import scope

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}


def _page(request: HttpRequest, template: str, title: str, context: dict, status: int = 200) -> HttpResponse:
    context |= {"header_title": title, "page_title": title, "breadcrumbs_items": [HOME, {"url": "", "label": title}]}
    return TemplateResponse(request, template, context, status=status)


def inbox_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "notify/admin/inbox.html", "Notifications", {"inbox": inbox()})


class InboxMenuItem(MenuItem):
    """Says how many lines are not read."""

    def render_component(self, request: HttpRequest) -> Any:
        count = scope.current().unread
        self.label = f"Notifications ({count})" if count else "Notifications"
        return super().render_component(request)


class InboxViewSet(ViewSet):
    name = "havre_inbox"
    url_prefix = "notifications"
    icon = "mail"
    menu_label = "Notifications"
    menu_order = 5
    add_to_admin_menu = True

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        url = reverse_lazy("havre_inbox:index")
        return InboxMenuItem(self.menu_label, url, name="notifications", icon_name=self.icon, order=self.menu_order)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", inbox_page, name="index")]


def label_of(kind: str) -> str:
    """404 for a kind that no app makes known."""
    if kind == DIGEST:
        return DIGEST_LABEL
    spec = notification_kind(kind)
    if spec is None:
        raise Http404
    return spec.label


def texts_page(request: HttpRequest) -> HttpResponse:
    """Every message that the apps send, with the text in force."""
    rota_or_404()
    kinds = [(spec.kind, spec.label) for spec in notification_kinds()] + [(DIGEST, DIGEST_LABEL)]
    texts = texts_in_force([kind for kind, _ in kinds])
    rows = [(Cell(label, reverse("havre_texts:edit", args=[kind])), texts[kind].subject) for kind, label in kinds]
    listing = Listing("Messages", ("Message", "Objet"), rows, "Aucun message.")
    return _page(request, "notify/admin/texts.html", "Textes des messages", {"listing": listing})


def text_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Reword a message: « Aperçu » shows it as it would leave, « Mettre en vigueur » keeps a new version."""
    rota_or_404()
    label = label_of(kind)
    start = text_in_force(kind)
    form = TextForm(
        request.POST if request.method == "POST" else None, initial={"subject": start.subject, "body": start.body}
    )
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            text_check(kind, form.cleaned_data["subject"], form.cleaned_data["body"])
            if "preview" not in request.POST:
                message_text_change(kind=kind, by=cast(User, request.user), **form.cleaned_data)
                messages.success(request, "Le nouveau texte est en vigueur.")
                return redirect("havre_texts:index")
            shown = _shown(form.cleaned_data["subject"], form.cleaned_data["body"])
        except ValidationError as error:
            form.add_service_error(error)
    context = {"form": form, "shown": shown or _shown(start.subject, start.body)}
    context |= {"versions_url": f"{reverse('havre_config:versions', args=['messages'])}?objet={kind}"}
    status = 422 if form.is_bound and form.errors else 200
    return _page(request, "notify/admin/text.html", label, context, status)


def _shown(subject: str, body: str) -> dict[str, str]:
    values = {
        "link": "https://…/boite/",
        "day": "31/12/2026",
        "items": "– Une signature vous attend",
        "content": "(ce que dit ce message : la session, ses demi-journées…)",
    }
    return {"subject": text_fill(subject, **values), "body": text_fill(body, **values)}


class TextsViewSet(ViewSet):
    name = "havre_texts"
    url_prefix = "reglages/messages"
    icon = "mail"
    menu_label = "Textes des messages"
    menu_order = 25
    menu_hook = "register_havre_settings_menu_item"

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return RoleMenuItem(
            self.menu_label,
            reverse_lazy("havre_texts:index"),
            name="messages",
            icon_name=self.icon,
            order=self.menu_order,
            shown=lambda request: manages_rota(),
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", texts_page, name="index"), path("<str:kind>/", text_page, name="edit")]
