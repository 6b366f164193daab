"""« Qui a lu combien »: a day of the network, for the direction and data protection."""

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from cms.data_rights.control.admin import FIRST_MONTH, block_page, controls
from cms.data_rights.models import ReadingStop
from cms.data_rights.readings.forms import ReopenForm
from cms.data_rights.readings.policies import can_lift
from cms.data_rights.readings.selectors import Day, NightWork, Taken, day_of, exports_of, night_of, stops_open
from cms.data_rights.readings.services import reading_lift
from cms.data_rights.readings.settings import LIMITS
from cms.data_rights.register.admin import posted
from cms.journal.enums import Outcome
from cms.journal.services import journal_append, refusal_queue
from cms.kit.blocks import Action, Listing
from cms.kit.pages import action_page
from cms.kit.words import action_words, day_long, moment
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest

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
        blocks=[_stops(stops_open()), _people(day_of(day)), _exports(exports_of(day)), _night(night_of(day))],
        actions=actions,
    )


def lift_page(request: UserRequest, pk: UUID) -> HttpResponse:
    controls(request)
    stop = get_object_or_404(ReadingStop.objects.select_related("account"), pk=pk, lifted_at=None)
    if not can_lift(stop.account_id):
        refusal_queue("reading_stop", pk, "rights.readings.refused")
        raise Http404
    if answer := fresh_required(request):
        return answer
    return action_page(
        request,
        form=ReopenForm(posted(request)),
        run=lambda cleaned: reading_lift(stop=stop, by=request.user, **cleaned),
        title="Rouvrir les lectures d’un compte",
        subtitle=str(stop.account),
        intro=f"Arrêtées le {moment(stop.at)} : {_measures(stop)}. Appelez cette personne avant de rouvrir. Le compte "
        "repart de zéro ; s’il recommence, il est arrêté de nouveau.",
        done="Les lectures de ce compte sont rouvertes.",
        back_url=reverse(f"{NAME}:index"),
        submit_label="Rouvrir",
    )


def _stops(stops: list[ReadingStop]) -> Listing:
    lines = [(str(stop.account), moment(stop.at), _measures(stop)) for stop in stops]
    actions = [
        [Action("Rouvrir", reverse(f"{NAME}:lift", args=[stop.pk]))] if can_lift(stop.account_id) else []
        for stop in stops
    ]
    return Listing(
        "Lectures arrêtées", ("Qui", "Depuis", "En une heure"), lines, "Aucun compte n’est arrêté.", actions
    )


def _measures(stop: ReadingStop) -> str:
    return ", ".join(f"{count} {LIMITS[name][1]}" for name, count in stop.measures.items())


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
            path("arrets/<uuid:pk>/rouvrir/", lift_page, name="lift"),
        ]
