"""The convention of a stay and its security protocol on paper: a version as it was frozen, and who signed it."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.arrival.convention.enums import Paper
from cases.arrival.convention.models import LinkingVersion
from cases.arrival.convention.services import intact_only
from cases.arrival.enums import Party, Way
from cases.arrival.models import LinkingAgreement
from cases.common.words import day, moment
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.papers import pdf_write

TEMPLATE = Path(__file__).resolve().parent / "data" / "convention.typ"
LEADS = {
    Paper.CONVENTION: "Entre le service gardien, la structure qui accueille et la coordination du réseau. Le jeune "
    "n’y est pas nommé, et l’adresse du lieu n’y figure pas.",
    Paper.PROTOCOL: "Annexé à la convention tripartite, et signé avec elle. Le jeune n’y est pas nommé, et l’adresse "
    "du lieu n’y figure pas.",
}


def paper_pdf(*, version: LinkingVersion, paper: Paper) -> bytes:
    """Return the PDF. The journal keeps that it was taken, by whom and which version.

    Raises `ValidationError` when the version is damaged.
    """
    content = intact_only(version)
    journal_append(
        action="cases.linking.paper",
        kind="linking",
        object_id=version.linking_id,
        outcome=Outcome.READ,
        details={"number": version.number, "paper": paper.value},
    )
    return pdf_write(TEMPLATE, paper_data(version=version, paper=paper, parts=content[paper]))


def paper_data(*, version: LinkingVersion, paper: Paper, parts: list[dict[str, Any]]) -> dict[str, Any]:
    title = f"{paper.label.capitalize()}, version {version.number}"
    hash_ = version.content_hash
    return {
        "title": title,
        "stamp": f"Version {version.number}, écrite le {moment(version.written_at)}",
        "number": f"Imprimé le {day(timezone.localdate())}",
        "lead": LEADS[paper],
        "parts": parts,
        "signatures": _signatures(version),
        "seal": f"Empreinte de cette version : {' '.join(hash_[at : at + 8] for at in range(0, len(hash_), 8))}",
    }


def _signatures(version: LinkingVersion) -> list[tuple[str, str]]:
    """Return each party and the day of its agreement: no name of a person, which would tell which structure it is."""
    given = {row.party: row for row in LinkingAgreement.objects.agreed().filter(version=version)}
    return [(party.label.capitalize(), _signed(given.get(party.value))) for party in Party]


def _signed(agreement: LinkingAgreement | None) -> str:
    if agreement is None:
        return "attendue"
    how = "signée dans Havre" if agreement.way == Way.ONLINE else f"reçue {agreement.get_way_display()}"
    return f"{how}, accord du {day(agreement.agreed_on)}"


def paper_name(*, version: LinkingVersion, paper: Paper) -> str:
    """Return the name of the file: neither a reference nor a structure."""
    return f"{paper.stem}-v{version.number}"
