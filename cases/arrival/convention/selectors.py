"""What the convention of a linking says today, and the version that waits for signatures."""

from typing import Any

from django.utils import timezone

from cases.arrival.convention.models import LinkingVersion
from cases.arrival.convention.settings import COMMITMENTS, INSTRUCTIONS
from cases.arrival.models import Linking
from cases.arrival.rules import tells_where
from cases.arrival.words import euros
from cases.common.words import day
from cases.files.protection.models import KeepAway, LegalFrame
from cases.files.protection.services import frame_in_force
from cms.kit.words import NBSP
from cms.values.settings import setting_values

Part = dict[str, Any]

TELLS_WHERE = "Consigne remise à la structure seule, car elle dirait où est le lieu."
TO_WRITE = "à écrire"
STRUCTURE = "structure du réseau, désignée par la coordination"


def versions_of(linking: Linking) -> list[LinkingVersion]:
    """Return every version that the actor may read, the latest first."""
    return list(LinkingVersion.objects.filter(linking=linking).select_related("written_by"))


def version_latest(linking: Linking) -> LinkingVersion | None:
    """Return the version to sign; `None` for a linking taken over from an earlier register, which has none."""
    return LinkingVersion.objects.filter(linking=linking).order_by("-number").first()


def convention_content(linking: Linking) -> dict[str, list[Part]]:
    """Return what the three parties agree to, from what is written today, for the coordination.

    Nothing that the arrival itself changes (its hour, the place, an age) is part of it, nor the name of the structure:
    the same words are read by the guardian.
    """
    commitments, instructions = setting_values(COMMITMENTS, INSTRUCTIONS)
    away = _away(linking)
    return {
        "convention": [
            _part("Les parties", _parties(linking)),
            _part("Le jeune et son accueil", _stay(linking)),
            _part("Qui paie", _finance(linking)),
            _part("Lieux à éviter", away, [] if away else ["Aucun lieu à éviter n’est connu à ce jour."]),
            _part("Engagements", [], _paragraphs(commitments)),
        ],
        "protocol": [
            _part("Lieux à éviter", away, [] if away else ["Aucun lieu à éviter n’est connu à ce jour."]),
            _part("Ce qui est réglé", _checks(linking), [] if linking.checks.exists() else ["Rien encore."]),
            _part("Conduite à tenir", [], _paragraphs(instructions)),
        ],
    }


def _part(title: str, lines: list[tuple[str, str]], texts: list[str] | None = None) -> Part:
    return {"title": title, "lines": [list(line) for line in lines], "texts": texts or []}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _parties(linking: Linking) -> list[tuple[str, str]]:
    guardian, requester = linking.guardian, linking.requester
    asked_for_another = requester is not None and requester != guardian
    return _known(
        [
            ("Service gardien", guardian.code_name if guardian else TO_WRITE),
            ("Service demandeur", requester.code_name if requester and asked_for_another else ""),
            ("Structure d’accueil", STRUCTURE),
            ("Réseau", "coordination du réseau"),
        ]
    )


def _stay(linking: Linking) -> list[tuple[str, str]]:
    case = linking.case
    frame = frame_in_force(case)
    needs = case.needs.select_related("need").order_by("need__position")
    languages = case.languages.select_related("language").order_by("language__position")
    return _known(
        [
            ("Demande", _request_reference(linking)),
            ("Cadre juridique", str(case.legal_frame or TO_WRITE)),
            *_decision(frame),
            ("Fin du cadre juridique", day(frame.ends_on) if frame and frame.ends_on else ""),
            ("Contenance", str(case.containment or "")),
            ("Besoins", ", ".join(str(row.need) for row in needs)),
            ("Langues", ", ".join(str(row.language) for row in languages)),
        ]
    )


def _decision(frame: LegalFrame | None) -> list[tuple[str, str]]:
    """Return who decided, where and when: the decision on which the stay rests."""
    if frame is None or frame.decider is None:
        return [("Décision", TO_WRITE)]
    return [
        ("Qui a décidé", str(frame.decider)),
        ("Juridiction, ou département", str(frame.court or "")),
        ("Numéro", str(frame.number or "document joint à la situation")),
        ("Décidé le", day(timezone.localdate(frame.decided_at))),
    ]


def _request_reference(linking: Linking) -> str:
    """Return how the service knows this minor: the reference of its own request."""
    if linking.orientation:
        return linking.orientation.sollicitation.reference
    asked = linking.case.sollicitations.filter(requester=linking.requester).order_by("-received_at").first()
    return asked.reference if asked else ""


def _finance(linking: Linking) -> list[tuple[str, str]]:
    if linking.financed_on is None:
        return [("Accord financier", TO_WRITE)]
    return _known(
        [
            ("Qui paie", str(linking.payer_kind or "")),
            ("Autorité", linking.payer.name if linking.payer else ""),
            ("Prix de journée", euros(linking.daily_price_cents)),
            ("Accord du", day(linking.financed_on)),
            ("Jusqu’au", day(linking.finance_ends_on) if linking.finance_ends_on else ""),
        ]
    )


def _away(linking: Linking) -> list[tuple[str, str]]:
    rows = KeepAway.objects.holding().filter(case=linking.case_id).select_related("territory", "reason")
    return [
        (
            row.territory.name,
            f"{row.get_level_display()}, {row.radius_km}{NBSP}km autour et départements voisins. "
            f"Motif : {row.reason}.",
        )
        for row in rows.order_by("territory_id", "reason_id")
    ]


def _checks(linking: Linking) -> list[tuple[str, str]]:
    rows = linking.checks.select_related("item").order_by("item__position")
    return [(str(row.item), _words(linking, str(row.words))) for row in rows]


def _words(linking: Linking, words: str) -> str:
    return TELLS_WHERE if tells_where(linking.partner_id, words) else words


def points_withheld(version: LinkingVersion) -> set[str]:
    """Return the points of the protocol whose words the paper leaves out, since they tell where the structure is."""
    return {label for part in version.content["protocol"] for label, value in part["lines"] if value == TELLS_WHERE}


def _known(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, value) for label, value in lines if value]
