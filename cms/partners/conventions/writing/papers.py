"""A convention with a partner on paper, to be signed by hand; the signed copy is attached to its file."""

from pathlib import Path

from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.papers import pdf_write
from cms.kit.templatetags.french import date
from cms.partners.book.selectors import address_rows
from cms.partners.conventions.models import Convention
from cms.partners.conventions.writing.models import ConventionVersion
from cms.partners.conventions.writing.rules import text_blocks
from cms.partners.enums import PartnerKind
from cms.wall.reveals.services import reveal_live

TEMPLATE = Path(__file__).resolve().parent / "data" / "convention.typ"
BY_HAND = "à compléter à la main (l’adresse de la structure n’est pas ouverte)"


def convention_pdf(version: ConventionVersion) -> bytes:
    """Return the PDF of a version; the journal keeps that it was taken."""
    convention = version.convention
    journal_append(
        action="partners.convention.paper",
        kind="convention",
        object_id=convention.pk,
        outcome=Outcome.READ,
        details={"number": version.number},
    )
    hash_ = version.text_hash
    data = {
        "title": f"Convention de partenariat, version {version.number}",
        "stamp": f"Version {version.number}, écrite le {date(version.written_at, 'j F Y')}",
        "facts": _party(convention),
        "blocks": text_blocks(version.text),
        "signers": ["Pour le partenaire", "Pour le réseau"],
        "seal": f"Empreinte du texte : {' '.join(hash_[at : at + 8] for at in range(0, len(hash_), 8))}",
    }
    return pdf_write(TEMPLATE, data)


def _party(convention: Convention) -> list[tuple[str, str]]:
    """Return who signs with the network: the real name of a structure, under a live reveal alone."""
    partner = convention.partner
    if partner.kind != PartnerKind.STRUCTURE:
        return [("Partenaire", partner.code_name)]
    if not reveal_live(kind="partner", object_id=partner.pk):
        return [("Partenaire", partner.code_name), ("Nom et adresse", BY_HAND)]
    known = dict(address_rows(partner.pk))
    return [("Nom", str(known["Nom réel"] or "")), ("Adresse", str(known["Adresse"] or ""))]
