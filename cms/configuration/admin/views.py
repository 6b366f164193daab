"""« Réglages »: everything that is set without a developer, its versions, and how one of them comes back."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin.viewsets.base import ViewSet

from cms.configuration.admin.viewsets import manages_settings
from cms.configuration.services import config_text
from cms.configuration.words import ORIGIN, content_now, names_of, version_get, versions_listing, words_of
from cms.kit.blocks import Action, Cell, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import moment
from cms.values.editable import Editable, Trail, Version, differences, editable_get, editables

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
TITLE = "Réglages"


class RestoreForm(AdminForm):
    reason = forms.CharField(
        label="Pourquoi la rétablir", max_length=300, help_text="Gardé avec la version. Sans nom de personne."
    )


def _page(request: HttpRequest, title: str, context: dict, *crumbs: dict) -> HttpResponse:
    trail = [HOME, *crumbs, {"url": "", "label": title}]
    context |= {"page_title": title, "header_title": title, "breadcrumbs_items": trail, "header_icon": "cogs"}
    return TemplateResponse(request, "configuration/config.html", context)


def index_page(request: HttpRequest) -> HttpResponse:
    if not manages_settings(request):
        raise Http404
    open_items = [item for item in editables() if item.is_open(request.user)]
    last = {item.code: rows[0] for item in open_items if item.trail and (rows := item.trail.kept(""))}
    names = names_of(row.by_id for row in last.values())
    groups: dict[str, list[Editable]] = {}
    for item in open_items:
        groups.setdefault(item.group, []).append(item)
    blocks = [
        Listing(
            group,
            ("Réglage", "Ce qu’il change", "Dernier changement", "Versions"),
            [_line(item, last.get(item.code), names) for item in items],
            "",
        )
        for group, items in groups.items()
    ]
    intro = (
        "Tout ce que le réseau règle lui-même, sans développeur. Chaque changement garde la version d’avant, que l’on "
        "peut rétablir, et entre au journal."
    )
    actions = [Action("Exporter toute la configuration", reverse("havre_config:export"))]
    return _page(request, TITLE, {"intro": intro, "blocks": blocks, "actions": actions})


@require_GET
def export_page(request: HttpRequest) -> HttpResponse:
    """Return what is in force, in the file that `load_config` reads: no row of anybody, no account."""
    if not manages_settings(request):
        raise Http404
    answer = HttpResponse(config_text(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="configuration-{timezone.localdate()}.json"'
    return answer


def _line(item: Editable, version: Version | None, names: dict) -> tuple:
    changed = "–"
    if version is not None:
        who = f", {names[version.by_id]}" if version.by_id in names else ""
        changed = f"{timezone.localtime(version.at):%d/%m/%Y}{who}"
    versions = Cell("Versions", reverse("havre_config:versions", args=[item.code])) if item.trail else "–"
    return Cell(item.label, item.url()), item.effect, changed, versions


def _item(request: HttpRequest, code: str) -> tuple[Editable, Trail]:
    item = editable_get(code)
    if item is None or item.trail is None or not manages_settings(request) or not item.is_open(request.user):
        raise Http404
    return item, item.trail


INDEX = {"url": reverse_lazy("havre_config:index"), "label": TITLE}


def versions_page(request: HttpRequest, code: str) -> HttpResponse:
    item, trail = _item(request, code)
    key = request.GET.get("objet", "")
    listing = versions_listing(code, key)
    intro = f"{item.effect} Rétablir une version en écrit une nouvelle : rien ne s’efface."
    title = f"Versions : {trail.name(key)}" if key else f"Versions : {item.label}"
    actions = [Action("Modifier", item.url(), is_main=True)]
    if key:
        actions.append(Action("Toutes les versions", reverse("havre_config:versions", args=[code])))
    return _page(request, title, {"intro": intro, "blocks": [listing], "actions": actions}, INDEX)


def restore_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what would change and what it moves, ask why, then pass the version through the service of its screen."""
    item, trail = _item(request, code)
    key = request.GET.get("objet", "")
    version = version_get(trail, key, request.GET.get("version", ""))
    if version is None or version.content is None or not trail.may_restore():
        raise Http404
    lines = differences(words_of(trail, key, content_now(trail, key)), trail.words(key, version.content))
    rows = [(label, old or "–", new or "–") for label, old, new in lines]
    origin = "Ce que Havre prévoit d’origine." if version.id == ORIGIN else f"Version du {moment(version.at)}."
    return action_page(
        request,
        form=RestoreForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: trail.restore(key, version.content, cleaned["reason"], request.user),
        title=f"Rétablir « {trail.name(key)} »",
        subtitle=f"Versions : {item.label}",
        intro=" ".join([f"« {trail.name(key)} ».", origin, *trail.impact(key, version.content)]),
        done=trail.restored,
        back_url=reverse("havre_config:versions", args=[code]),
        submit_label="Rétablir cette version",
        listing=Listing(
            "Ce qui changerait", ("Objet", "En vigueur", "Après"), rows, "Rien ne diffère de ce qui est en vigueur."
        ),
    )


class ConfigViewSet(ViewSet):
    name = "havre_config"
    url_prefix = "reglages"
    icon = "cogs"
    menu_label = TITLE

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index_page, name="index"),
            path("exporter/", export_page, name="export"),
            path("versions/<slug:code>/", versions_page, name="versions"),
            path("versions/<slug:code>/retablir/", restore_page, name="restore"),
        ]
