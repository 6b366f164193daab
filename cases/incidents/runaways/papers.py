"""« Avis de fugue » for the police: what helps to find a minor, and nothing of why they were taken in.

It reads the identity under a live reveal, is made on demand, and is kept nowhere.
"""

import datetime as dt
import io
from pathlib import Path
from typing import Any

from django.utils import timezone
from PIL import Image

from cases.files.identity.selectors import KnownIdentity, identity_read, portrait_of, written
from cases.files.models import Case
from cases.incidents.models.declared import Incident
from cms.files.models import Attachment
from cms.files.services import BodyUnreadableError, attachment_open
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.papers import pdf_write

TEMPLATE = Path(__file__).resolve().parent / "data" / "avis.typ"
PIXELS = (600, 800)
"""Enough for a face on paper."""
LAWS = (
    "La disparition d’un mineur est toujours inquiétante : elle appelle des recherches immédiates "
    "(loi du 21 janvier 1995, article 26)."
)


def notice_pdf(*, incident: Incident, answers: dict[str, Any]) -> bytes:
    """Return the PDF; `answers` is the cleaned data of the form.

    The journal keeps that the notice was made and that the identity was read.
    """
    case = _case_of(incident)
    journal_append(action="cases.runaway.notice", kind="incident", object_id=incident.pk, outcome=Outcome.READ)
    known = identity_read(case.pk)
    portrait = portrait_of(case.pk)
    picture = _picture(portrait) if portrait else None
    data = notice_data(incident=incident, known=known, answers=answers, has_picture=picture is not None)
    return pdf_write(TEMPLATE, data | {"portrait": list(picture or b"")})


def _picture(portrait: Attachment) -> bytes | None:
    """Return the photo at the size of the paper; `None` when its body cannot be read: the notice never waits for it.

    Its reading is recorded in the journal first.
    """
    try:
        body = b"".join(attachment_open(portrait))
    except BodyUnreadableError:
        return None
    with Image.open(io.BytesIO(body)) as picture:
        small = picture.convert("RGB")
        small.thumbnail(PIXELS)
        output = io.BytesIO()
        small.save(output, "JPEG", quality=88)
    return output.getvalue()


def notice_data(
    *, incident: Incident, known: KnownIdentity, answers: dict[str, Any], has_picture: bool
) -> dict[str, Any]:
    """Return what the template prints.

    No alias of an earlier life, no place, no narrative: the police ask the guardian service for more.
    """
    case = _case_of(incident)
    values = {name: written(value) for name, value in known.values.items()}
    photo = "ci-dessus" if has_picture else "jointe à cet avis" if answers["has_photo"] else "non disponible"
    return {
        "title": "Avis de fugue d’un mineur",
        "stamp": f"Établi le {timezone.localtime():%d/%m/%Y à %H h %M}",
        "number": incident.reference,
        "lead": LAWS,
        "parts": [
            (
                "Le mineur",
                [
                    ("Nom", values["last_name"] or "non connu"),
                    ("Prénom", values["first_name"] or "non connu"),
                    ("Date de naissance", values["birth_date"] or str(case.birth_year or "non connue")),
                    ("Sexe", str(case.sex or "non connu")),
                    ("Téléphone", values["phone"] or "non connu"),
                    ("Signalement", answers["description"]),
                    ("Photo", photo),
                ],
            ),
            (
                "La disparition",
                [
                    ("Vu pour la dernière fois le", _moment(incident.occurred_at)),
                    ("Absence constatée le", _moment(incident.noticed_at)),
                    ("Circonstances", answers["circumstances"]),
                    ("Danger particulier", answers["danger"]),
                ],
            ),
            ("Qui appeler", [("À toute heure", answers["contact"])]),
        ],
    }


def _case_of(incident: Incident) -> Case:
    """Return the file of the child, known by the stay. Raise `ValueError` for an incident without one."""
    if incident.placement is None:
        raise ValueError(f"{incident.reference} concerns no stay.")
    return incident.placement.case


def _moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H h %M}"
