"""The référentiel in the navigation, on the home page of the portal and in the file of a structure."""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from cms.access.admin_blocks import Cell, Facts
from cms.access.panels import nav_register, panel_register
from cms.access.scope import Scope
from cms.access.templatetags.french import date
from cms.documents.models import DocumentKind
from cms.documents.policies import READERS
from cms.documents.selectors import version_in_force
from cms.documents.standing import Adherence, State, adherence_of, dues_of
from cms.partners.admin_files import structure_block_register
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from referentiel.confirmed import derogations_on, failing_marks
from referentiel.models import Visit
from referentiel.selectors import notice_of, standing_of
from referentiel.visiting import proofs_expiring, stop_words, visits_to_answer


def signature_panel(current: Scope) -> dict:
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None or current.user_id is None:
        return {}
    person = User(pk=current.user_id)
    standing = standing_of(person, version)
    found = {"version": version, "standing": standing}
    if not standing.to_sign:
        return found | {"notice": notice_of(person, version)}
    # Whoever has to sign is led through what to read by the signature itself.
    today = timezone.localdate()
    due_on = min(dues_of(standing.to_sign, version, today).values())
    return found | {"due_on": due_on, "is_late": today > due_on}


def standards_panel(current: Scope) -> dict:
    """What keeps one's structure out, what waits for its answer, what it has to renew."""
    today = timezone.localdate()
    partners = current.partners_as(*READERS)
    failing: dict = defaultdict(list)
    for mark in failing_marks().filter(partner__in=partners).select_related("partner").order_by("code"):
        failing[mark.partner].append(mark)
    return {
        "today": today,
        "stops": [
            {"name": partner.code_name, "words": stop_words(marks), "visit_id": marks[0].visit_id}
            for partner, marks in failing.items()
        ],
        "visits": visits_to_answer(partners),
        "proofs": proofs_expiring(today).filter(assessment__partner__in=partners),
    }


def visits_block(partner: Partner) -> Facts | None:
    """What the coordination confirmed of a structure, in its file: what keeps it out first."""
    today = timezone.localdate()
    marks = list(failing_marks().filter(partner=partner).order_by("code"))
    row = Visit.objects.filter(partner=partner).order_by("-opened_at").first()
    waived = list(derogations_on(today).filter(partner=partner).order_by("code"))
    if row is None and not waived:
        return Facts("Visites du référentiel", [("Dernière visite", Cell("aucune", reverse("referentiel_visits")))])
    stop = f"Écartée des recherches : {stop_words(marks)}" if marks else "Aucune"
    lines = [("Exigences impératives sous 3, confirmées", stop)]
    if row:
        name = f"{row.get_kind_display()} : {row.get_state_display().lower()}"
        lines.append(("Dernière visite", Cell(name, reverse("referentiel_visit", args=[row.pk]))))
    words = ", ".join(f"{waiver.code} jusqu’au {date(waiver.ends_on, 'j F Y')}" for waiver in waived)
    return Facts("Visites du référentiel", [*lines, ("Dérogations en cours", words or "aucune")])


def structure_block(partner: Partner) -> Facts | None:
    """Where a structure stands before the référentiel, in its file."""
    found = adherence_of(partner, DocumentKind.REFERENTIEL, timezone.localdate())
    if found is None:
        return None
    version, row = found
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


def adherence_words(row: Adherence) -> str:
    """« À signer avant le… », « À régulariser depuis le… », « Signé »."""
    if row.state == State.TO_SIGN:
        return f"À signer jusqu’au {date(row.due_on, 'j F Y')}"
    if row.state == State.LATE:
        return f"À régulariser : le délai est passé depuis le {date(row.due_on, 'j F Y')}"
    return "Signé"


def register() -> None:
    nav_register("Référentiel", "referentiel:read", order=40)
    panel_register("referentiel/panels/signature.html", signature_panel, order=30, roles=READERS)
    # The direction finds the same in its list of what is to be done.
    panel_register("referentiel/panels/standards.html", standards_panel, order=25, roles=(Role.STRUCTURE_EDUCATOR,))
    structure_block_register(structure_block)
    structure_block_register(visits_block)
