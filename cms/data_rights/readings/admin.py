"""« Qui a lu combien »: a day of the network, for the direction and data protection."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from cms.data_rights.control.admin import FIRST_MONTH, block_page, controls
from cms.data_rights.readings.selectors import Day, NightWork, Taken, day_of, exports_of, night_of
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.blocks import Action, Listing
from cms.kit.words import action_words, day_long, moment

NAME = "havre_readings"
INTRO = (
    "Chaque dossier ouvert et chaque accès refusé compte une fois. Un nombre n’est pas une faute : appelez la personne"
    " avant tout. Au-delà des seuils des réglages, vous êtes prévenus dans les minutes qui suivent."
)


def today_page(request: HttpRequest) -> HttpResponse:
    return _day_page(request, timezone.localdate())


def day_page(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    controls(request)
    try:
        asked = dt.date(year, month, day)
    except (ValueError, OverflowError):
        raise Http404 from None
    if not FIRST_MONTH <= asked <= timezone.localdate():
        raise Http404
    return _day_page(request, asked)


def _day_page(request: HttpRequest, day: dt.date) -> HttpResponse:
    """Show a day, once the journal holds that it was read."""
    controls(request)
    journal_append(action="rights.readings.read", outcome=Outcome.READ, details={"day": day.isoformat()})
    before, after = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    actions = [Action("Jour précédent", _url(before))] if before >= FIRST_MONTH else []
    if after <= timezone.localdate():
        actions.append(Action("Jour suivant", _url(after)))
    return block_page(
        request,
        title=f"Qui a lu combien, le {day_long(day)}",
        intro=INTRO,
        blocks=[_people(day_of(day)), _exports(exports_of(day)), _night(night_of(day))],
        actions=actions,
    )


def _url(day: dt.date) -> str:
    return reverse(f"{NAME}:day", args=[day.year, day.month, day.day])


def _people(people: list[Day]) -> Listing:
    headings = ("Qui", "Dossiers ouverts", "Consultations", "Accès refusés", "Essais refusés", "Exports")
    lines = [(one.person, one.files, one.readings, one.refused, one.refusals, one.exports) for one in people]
    return Listing("Chaque personne", headings, lines, "Personne n’a rien ouvert ce jour-là.")


def _exports(taken: list[Taken]) -> Listing:
    lines = [
        (action_words(one.action), one.reason or "sans motif demandé", one.count, one.people, one.rows or "")
        for one in taken
    ]
    headings = ("Ce qui a été emporté", "Motif", "Fois", "Personnes", "Lignes")
    return Listing("Exports", headings, lines, "Rien n’a été emporté ce jour-là.")


def _night(work: list[NightWork]) -> Listing:
    lines = [
        (
            one.person,
            "Emporté" if one.is_export else "Lu",
            action_words(one.action),
            one.count,
            one.objects or "",
            moment(one.first_at),
            moment(one.last_at),
        )
        for one in work
    ]
    headings = ("Qui", "Lu ou emporté", "Quoi", "Fois", "Dossiers", "La première fois", "La dernière")
    return Listing("La nuit, de 22 h à 6 h", headings, lines, "Rien n’a été lu ni emporté cette nuit-là.")


class ReadingsViewSet(ViewSet):
    name = NAME
    url_prefix = "qui-a-lu-combien"
    icon = "view"
    menu_label = "Qui a lu combien"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", today_page, name="index"),
            path("<int:year>/<int:month>/<int:day>/", day_page, name="day"),
        ]
