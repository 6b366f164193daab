"""The référentiel in the navigation, on the home page of the portal and in the file of a structure."""

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
from referentiel.selectors import notice_of, standing_of


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
    structure_block_register(structure_block)
