"""The référentiel in the navigation, on the home page of the portal and in the file of a structure."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from cms.documents.models import DocumentKind
from cms.documents.signatures.policies import READERS
from cms.documents.signatures.selectors import adherence_of, dues_of
from cms.documents.versions.selectors import version_in_force
from cms.kit.blocks import Cell, Facts
from cms.kit.templatetags.french import date
from cms.navigation.registry import nav_register, panel_register
from cms.partners.book.admin.blocks import partner_fact_register, partner_facts, structure_block_register
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall.scope import Scope
from referentiel.derogations.selectors import derogations_on
from referentiel.enums import VisitKind, VisitState
from referentiel.reading.selectors import notice_of, standing_of
from referentiel.signing.words import adherence_words
from referentiel.visits.models import ConfirmedMark, Visit
from referentiel.visits.selectors.marks import failing_marks
from referentiel.visits.selectors.visits import proofs_expiring, stop_words, visits_to_answer


def signature_panel(current: Scope) -> dict[str, Any]:
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None or current.user_id is None:
        return {}
    person = User(pk=current.user_id)
    standing = standing_of(person, version)
    context = {"version": version, "standing": standing}
    if not standing.to_sign:
        return context | {"notice": notice_of(person, version)}
    # The page of signature leads whoever has to sign through what to read.
    today = timezone.localdate()
    dues = dues_of(standing.to_sign, version, today)
    due_on = min(dues.days.values())
    return context | {"due_on": due_on, "is_late": today > due_on, "dues": dues}


def standards_panel(current: Scope) -> dict[str, Any]:
    """Return what keeps one's structure out, what waits for its answer, what it has to renew."""
    today = timezone.localdate()
    partners = current.partners_as(*READERS)
    failing: dict[Partner, list[ConfirmedMark]] = defaultdict(list)
    for mark in failing_marks().filter(partner__in=partners).select_related("partner").order_by("code"):
        failing[mark.partner].append(mark)
    return {
        "today": today,
        "stops": [
            {
                "name": partner.code_name,
                "words": stop_words([(m.code, m.value) for m in marks]),
                "visit_id": marks[0].visit_id,
            }
            for partner, marks in failing.items()
        ],
        "visits": visits_to_answer(partners),
        "proofs": proofs_expiring(today).filter(assessment__partner__in=partners),
    }


def _stops() -> ArraySubquery:
    marks = failing_marks().filter(partner=OuterRef("pk")).order_by("code")
    return ArraySubquery(marks.values_list(Concat("code", Value(":"), "value")))


def _waivers() -> ArraySubquery:
    rows = derogations_on(timezone.localdate()).filter(partner=OuterRef("pk")).order_by("code")
    return ArraySubquery(rows.values_list(Concat("code", Value(":"), Cast("ends_on", CharField()))))


def _visit() -> ArraySubquery:
    rows = Visit.objects.filter(partner=OuterRef("pk")).order_by("-opened_at")
    return ArraySubquery(
        rows.values_list(Concat(Cast("pk", CharField()), Value(":"), "kind", Value(":"), "state"))[:1]
    )


def visits_block(partner: Partner) -> Facts | None:
    """Show what the coordination confirmed of a structure, in its file: what keeps it out first."""
    facts = partner_facts(partner)
    stops = [item.partition(":")[::2] for item in facts["stops"]]
    words = f"Écartée des recherches : {stop_words(stops)}" if stops else "aucune"
    last = Cell("aucune", reverse("referentiel_visits"))
    for item in facts["last_visit"]:
        pk, kind, state = item.split(":")
        last = Cell(
            f"{VisitKind(kind).label} : {VisitState(state).label.lower()}", reverse("referentiel_visit", args=[pk])
        )
    waived = [item.partition(":")[::2] for item in facts["waivers"]]
    until = ", ".join(f"{code} jusqu’au {date(dt.date.fromisoformat(day), 'j F Y')}" for code, day in waived)
    rows = [("Exigences impératives sous 3, confirmées", words), ("Dernière visite", last)]
    return Facts("Visites du référentiel", [*rows, ("Dérogations en cours", until or "aucune")])


def structure_block(partner: Partner) -> Facts | None:
    """Show where a structure stands before the référentiel, in its file."""
    adherence = adherence_of(partner, DocumentKind.REFERENTIEL, timezone.localdate())
    if adherence is None:
        return None
    version, row = adherence
    signed = row.signed
    name = f"{signed.version.number}, le {date(signed.signed_at, 'j F Y')}" if signed else "aucune"
    return Facts(
        "Référentiel",
        [
            ("Engagement", adherence_words(row)),
            ("Version signée", Cell(name, reverse("referentiel:receipt", args=[signed.pk])) if signed else name),
            ("Version en vigueur", version.number),
        ],
    )


def register() -> None:
    nav_register("Référentiel", "referentiel:read", order=40)
    panel_register("referentiel/home/signature.html", signature_panel, order=30, roles=READERS)
    # The direction finds the same in its list of what is to be done.
    panel_register("referentiel/home/standards.html", standards_panel, order=25, roles=(Role.STRUCTURE_EDUCATOR,))
    structure_block_register(structure_block)
    structure_block_register(visits_block)
    for name, build in (("stops", _stops), ("waivers", _waivers), ("last_visit", _visit)):
        partner_fact_register(name, build)
