"""What surrounds the queue of the « Salle de veille »: who is on duty, where places are free, what waits for a second
person.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases.extra.selectors import requirements_to_agree
from cases.files.duplicates.admin import merges_to_agree
from cases.guard.selectors import derogations_to_agree
from cases.matching.selectors.places import places_by_structure
from cases.watch.admin import only_watchers
from cms.accounts import selectors as accounts
from cms.data_rights.selectors import alerts_waiting
from cms.documents.kinds.selectors import decisions_to_agree
from cms.documents.versions.selectors import proposals_awaiting
from cms.kit.words import hour
from cms.notify.duty.models import Duty
from cms.notify.duty.selectors import on_duty
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope


@dataclass(frozen=True)
class Second:
    """What somebody asked and another person decides."""

    label: str
    url: str
    hint: str


def around_fragment(request: HttpRequest) -> HttpResponse:
    only_watchers()
    now = timezone.now()
    context = {
        "duties": [duty_line(duty, now) for duty in on_duty(at=now)],
        "seconds": seconds_of(request.user),  # type: ignore[arg-type]
        **places_told(now),
    }
    return TemplateResponse(request, "backoffice/around.html", context)


def duty_line(duty: Duty, now: dt.datetime) -> dict[str, Any]:
    return {
        "who": "Vous" if duty.person_id == scope.current().user_id else str(duty.person),
        "rank": duty.get_rank_display(),
        "until": f"jusqu’à {hour(duty.ends_at, now=now)}".replace("à le ", "au "),
        "phone": "" if duty.person_id == scope.current().user_id else duty.phone or duty.person.phone,
    }


def places_told(now: dt.datetime) -> dict[str, Any]:
    """Return the free places of the network, whole and by région, those with the most first."""
    structures = Partner.objects.structures().not_suspended_on(timezone.localdate(now))
    places = places_by_structure(structures, now)
    names = dict(structures.order_by().values_list("pk", F("territory__region__name")))
    regions: dict[str, int] = {}
    for pk, house in places.items():
        name = names.get(pk) or "Collectivités d’outre-mer"
        regions[name] = regions.get(name, 0) + house.free
    return {
        "free": sum(house.free for house in places.values()),
        "opened": sum(house.opened for house in places.values()),
        "regions": sorted(regions.items(), key=lambda item: (-item[1], item[0])),
    }


def seconds_of(user: User) -> list[Second]:
    """List what waits for a second person, alerts to read first, and what the documents wait for from this one."""
    lines = [
        Second(
            f"Bris de glace, {row.reference}",
            reverse("havre_guard:alert", args=[row.pk]),
            f"identité ouverte par {row.raised_by}, à lire",
        )
        for row in (alerts_waiting() if scope.current().has_role(Role.DIRECTION) else ())
    ]
    lines += [
        Second(
            f"Rapprocher {row.kept.reference} et {row.merged.reference}",
            reverse("cases_case:merge_agree", args=[row.kept_id, row.pk]),
            f"demandé par {row.asked_by}",
        )
        for row in merges_to_agree(user)
    ]
    lines += [
        Second(
            f"Dérogation d’accueil, {row.case.reference}",
            reverse("cases_case:inspect", args=[row.case_id]),
            f"demandée par {row.asked_by} à {hour(row.asked_at)}",
        )
        for row in derogations_to_agree(user)
    ]
    lines += requirement_lines(user)
    lines += [
        Second(
            f"{row.document.title}, version {row.number}",
            reverse("documents_proposal", args=[row.pk]),
            f"proposée par {row.proposed_by}, votre validation est attendue"
            if row.validator_id == user.pk
            else "à reprendre ou à publier par vous",
        )
        for row in proposals_awaiting(user)
    ]
    decisions = accounts.decisions_waiting()
    if decisions:
        words = "une décision sur des accès" if decisions == 1 else f"{decisions} décisions sur des accès"
        lines.append(Second(words.capitalize(), reverse("havre_decisions:index"), "droits et double authentification"))
    return lines


def requirement_lines(user: User) -> list[Second]:
    """List what somebody asked to be compulsory, or signed, and that this person may agree to."""
    lines = [
        Second(
            row.document.title,
            reverse("documents_kind_decision", args=[row.pk]),
            f"{row.get_step_display()}, demandé par {row.asked_by}",
        )
        for row in decisions_to_agree(user)
    ]
    return lines + [
        Second(
            f"Réponse obligatoire, « {row.field.label} »",
            reverse("havre_extra:requirement", args=[row.pk]),
            f"demandée par {row.asked_by}",
        )
        for row in requirements_to_agree(user)
    ]
