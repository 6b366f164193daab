"""What is late after an acceptance, for the home of the coordination: one line a file, the latest first."""

import datetime as dt
import uuid
from dataclasses import dataclass
from operator import itemgetter

from django.urls import reverse
from django.utils import timezone

from cases.arrival.selectors import waivers_to_settle
from cases.arrival.words import missing_in_short
from cases.circuit.models import CircuitStep
from cases.circuit.selectors import steps_late
from cases.common.admin.words import day, moment, time_left
from cases.guard.models import StayDerogation
from cases.incidents.models.followed import IncidentTask
from cases.incidents.runaways.selectors import returns_missing, runaway_clocks, runaways_untold
from cases.matching.selectors.places import extra_overruns
from cases.matching.selectors.waiting import openings
from cases.stays.models import Absence, Placement
from cases.stays.reviews.rules import ReviewDue
from cases.stays.reviews.selectors import after_stays_asked, reviews_late
from cases.stays.selectors import runaways_too_long, stays_to_move
from cases.voice.selectors import answer_by, voices_waiting
from cms.users.models import User

PER_KIND = 5


@dataclass(frozen=True)
class Line:
    """`left` is the delay in words; `is_late` repeats it as a colour."""

    label: str
    url: str
    hint: str
    left: str
    is_late: bool = True


def late_lines(now: dt.datetime) -> tuple[list[Line], int]:
    """Return a few lines of each kind, so that none hides the others, and how many are left out."""
    kinds = [
        voice_lines(now),
        near_lines(),
        incident_lines(now),
        opening_lines(),
        waiver_lines(now),
        overrun_lines(now),
        *runaway_kinds(now),
        review_lines(),
        step_lines(),
        after_lines(),
    ]
    shown = [line for lines in kinds for line in lines[:PER_KIND]]
    return shown, sum(len(lines) for lines in kinds) - len(shown)


def voice_lines(now: dt.datetime) -> list[Line]:
    """Return what children wrote and nobody has read: whoever says to be in danger first."""
    return [
        Line(
            label=row.reference,
            url=reverse("cases_voice:inspect", args=[row.pk]),
            hint="Un enfant a écrit en confidence"
            + (" : il dit être en danger maintenant" if row.is_in_danger else ""),
            left=time_left(answer_by(row), now),
            is_late=row.is_in_danger or answer_by(row) < now,
        )
        for row in voices_waiting()
    ]


def near_lines() -> list[Line]:
    """Return the stays under way too near a place to keep away from, and who must act: the coordination moves the
    minor, or a second person answers the derogation that it asked for.
    """
    stays = stays_to_move()
    asked = {
        (row.case_id, row.partner_id): row.asked_by
        for row in StayDerogation.objects.waiting()
        .filter(case_id__in={stay.case_id for stay in stays})
        .select_related("asked_by")
    }
    return [
        Line(
            label=stay.case.reference,
            url=reverse("cases_case:inspect", args=[stay.case_id]),
            hint=f"{stay.partner} est trop près d’un lieu à éviter : "
            f"{_who_moves(asked.get((stay.case_id, stay.partner_id)))}",
            left=f"accueilli depuis le {day(stay.arrived_on)}",
        )
        for stay in stays
    ]


def _who_moves(asked_by: User | None) -> str:
    if asked_by:
        return f"{asked_by} demande une dérogation d’accueil, une autre personne y répond"
    return "la coordination prépare un passage, ou demande une dérogation d’accueil"


def incident_lines(now: dt.datetime) -> list[Line]:
    """Return tasks and actions of incidents past their day; their words are sealed, and stay on the page."""
    late = IncidentTask.objects.late_on(timezone.localdate(now)).select_related("incident", "owner")
    return [
        Line(
            label=task.incident.reference,
            url=reverse("cases_incident:inspect", args=[task.incident_id]),
            hint=f"{'Action' if task.is_action else 'Tâche'} d’un incident, {task.owner}",
            left=f"attendue le {task.due_on:%d/%m/%Y}",
        )
        for task in late.order_by("due_on")
    ]


def opening_lines() -> list[Line]:
    matches, unsearched = openings()
    lines = [
        (opening.need, f"Une place s’ouvre pour une demande qui attend : {', '.join(opening.names[:3])}")
        for opening in matches
    ]
    lines += [(need, "Des places se sont ouvertes depuis : à chercher de nouveau") for need in unsearched]
    return [
        Line(
            label=need.sollicitation.reference,
            url=reverse("cases_sollicitation:places", args=[need.sollicitation_id]),
            hint=hint,
            left=f"sans place depuis le {timezone.localtime(need.noted_at):%d/%m/%Y}",
            is_late=False,
        )
        for need, hint in lines
    ]


def waiver_lines(now: dt.datetime) -> list[Line]:
    """Return one line a stay; the page « À régulariser » has one for each thing that is missing."""
    return [
        Line(
            label=row.case.reference,
            url=reverse("havre_settling"),
            hint=f"À régulariser, {row.partner} : {missing_in_short(row.missing)}",
            left=f"{time_left(row.due_at, now)}, avant le {moment(row.due_at)}",
            is_late=row.due_at < now,
        )
        for row in waivers_to_settle()
    ]


def overrun_lines(now: dt.datetime) -> list[Line]:
    """Return what stays past an extra place: the minor stays, the structure is over its places."""
    return [
        Line(
            label=row.code_name,
            url=reverse("partners_partner:inspect", args=[row.partner_id]),
            hint=f"À régulariser : {row.over} jeune{'s' if row.over > 1 else ''} de plus que de places, une place "
            "supplémentaire est à son terme. Ouvrez une place, ou préparez un passage",
            left=f"place ouverte jusqu’au {row.since:%d/%m/%Y}",
        )
        for row in extra_overruns(timezone.localdate(now))
    ]


def review_lines() -> list[Line]:
    """Return one line a stay, however many of its reviews are missing."""
    by_stay: dict[Placement, list[ReviewDue]] = {}
    for due in reviews_late():
        by_stay.setdefault(due.placement, []).append(due)
    return [
        Line(
            label=stay.case.reference,
            url=reverse("cases_placement:inspect", args=[stay.pk]),
            hint=f"{', '.join(due.milestone.label for due in dues).capitalize()}, {stay.partner}",
            left=f"attendu le {dues[0].due_on:%d/%m/%Y}",
        )
        for stay, dues in by_stay.items()
    ]


def step_lines() -> list[Line]:
    """Return one line a circuit: its oldest step, and how many others are late."""
    by_circuit: dict[uuid.UUID, list[CircuitStep]] = {}
    for step in steps_late():
        by_circuit.setdefault(step.circuit_id, []).append(step)
    return [
        Line(
            label=steps[0].circuit.case.reference,
            url=reverse("cases_circuit:inspect", args=[steps[0].circuit_id]),
            hint=f"{steps[0].measure}, {steps[0].get_owner_display()}{_others(len(steps) - 1)}",
            left=f"attendu le {steps[0].due_on:%d/%m/%Y}",
        )
        for steps in by_circuit.values()
    ]


def _others(count: int) -> str:
    if not count:
        return ""
    return f", et {count} autres étapes en retard" if count > 1 else ", et une autre étape en retard"


def after_lines() -> list[Line]:
    return [
        Line(
            label=stay.case.reference,
            url=reverse("cases_placement:after", args=[stay.pk]),
            hint="Six mois après le séjour : une nouvelle exploitation est-elle connue ?",
            left=f"séjour terminé le {stay.ended_on:%d/%m/%Y}",
            is_late=False,
        )
        for stay in after_stays_asked()
    ]


def runaway_lines(absences: list[Absence]) -> list[Line]:
    return [
        Line(
            label=absence.placement.case.reference,
            url=reverse("cases_placement:inspect", args=[absence.placement_id]),
            hint="Fugue sans retour : le séjour est à terminer",
            left=f"depuis le {absence.starts_on:%d/%m/%Y}",
        )
        for absence in absences
    ]


def runaway_kinds(now: dt.datetime) -> list[list[Line]]:
    """Return what waits about runaways: police not told, return not written, stay to end.

    Absences are read once.
    """
    absences = list(returns_missing(now.date()) | runaways_too_long())
    back = [row for _, row in sorted(((row.ends_on, row) for row in absences if row.ends_on), key=itemgetter(0))]
    away = sorted((row for row in absences if not row.ends_on), key=lambda row: row.starts_on)
    return [untold_lines(now), return_lines(back), runaway_lines(away)]


def untold_lines(now: dt.datetime) -> list[Line]:
    clocks = runaway_clocks(list(runaways_untold()))
    return [
        Line(
            label=incident.reference,
            url=reverse("cases_incident:inspect", args=[incident.pk]),
            hint=f"Fugue : police ou gendarmerie non notées comme prévenues, {incident.partner}",
            left=time_left(clock.due_at, now),
            is_late=clock.due_at < now,
        )
        for incident, clock in clocks
    ]


def return_lines(absences: list[Absence]) -> list[Line]:
    return [
        Line(
            label=absence.placement.case.reference,
            url=reverse("cases_placement:runaway_return", args=[absence.placement_id]),
            hint="Retour de fugue à écrire : entretien, visite médicale",
            left=f"de retour le {absence.ends_on:%d/%m/%Y}",
        )
        for absence in absences
    ]
