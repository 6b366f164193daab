"""The letter that closes a visit, on paper."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from cms.kit.papers import pdf_write
from cms.kit.templatetags.french import date
from referentiel.visits.models import ConfirmedMark, Visit, VisitMark
from referentiel.visits.selectors.visits import VisitLine, visit_parts

DATA = Path(__file__).resolve().parent / "data"


def letter_pdf(visit: Visit) -> bytes:
    """Draw the letter as a PDF: what was seen, answered, confirmed, and what follows. It names nobody."""
    parts = visit_parts(visit)
    seen = [line for part in parts for line in part.seen]
    closed_on = date(timezone.localtime(visit.closed_at), "j F Y")
    title = f"{visit.get_kind_display()} du référentiel, lettre de clôture"
    stops = [line.confirmed for line in seen if line.confirmed and line.is_imperative and line.is_low]
    data = {
        "title": title,
        "stamp": title,
        "number": f"Lettre {visit.pk}",
        "lead": f"À la direction de {visit.partner.code_name}, le {closed_on}.",
        "lines": [
            ("Faite le", date(visit.visited_on, "j F Y")),
            ("Version du référentiel", visit.version.number),
            ("Exigences regardées", str(len(seen))),
        ],
        "summary_title": "Ce que la coordination retient",
        "summary": [text for text in (visit.summary, visit.closing) if text],
        "stop_title": "Ce qui suspend les nouvelles arrivées",
        "stops": [
            f"{mark.code}, impérative, confirmée à {mark.value} : la structure ne reçoit plus de proposition tant "
            "qu’une nouvelle cotation d’au moins 3, ou une dérogation, n’y met pas fin."
            for mark in stops
        ],
        "marks_title": "Cotations confirmées",
        "marks": [_mark(line, line.mark, line.confirmed) for line in seen if line.mark and line.confirmed],
    }
    return pdf_write(DATA / "lettre.typ", data)


def _mark(line: VisitLine, proposed: VisitMark, held: ConfirmedMark) -> dict[str, Any]:
    observation = line.observation
    lines = [
        ("Cotation de la structure", line.own_label),
        ("Cotation proposée", proposed.get_value_display()),
        ("Constat", proposed.comment),
        (
            "Réponse de la structure",
            f"{'D’accord' if observation.is_agreed else 'Pas d’accord'}. {observation.text}" if observation else "",
        ),
        ("Réponse de la coordination", held.reply),
        (
            "Cotation confirmée",
            f"{held.get_value_display()} ({held.get_origin_display().lower()})",
        ),
        ("Formation proposée", ", ".join(f"{module.code} {module.title}" for module in line.modules)),
    ]
    return {
        "title": f"{line.exigence.code} ({line.exigence.level_label.lower()})",
        "text": line.exigence.text,
        "lines": [pair for pair in lines if pair[1]],
    }
