"""Actions of the coordination on a linking, and those that open one."""

import uuid
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cases.arrival.admin.forms import (
    AnswerForm,
    ArriveForm,
    FinanceForm,
    GuardianForm,
    JourneyForm,
    LinkingWaiveForm,
    OpenForm,
    ProtocolForm,
)
from cases.arrival.convention.enums import Paper
from cases.arrival.convention.papers import paper_name, paper_pdf
from cases.arrival.convention.selectors import version_latest, versions_of
from cases.arrival.enums import PAYER, Party
from cases.arrival.models import Journey, Linking
from cases.arrival.protocol.selectors import protocol_points
from cases.arrival.selectors import is_night_now, payer_agreement_of
from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.journeys import journey_set, journey_share
from cases.arrival.services.linking import (
    linking_cancel,
    linking_finance,
    linking_missing,
    linking_open,
    linking_waive,
)
from cases.arrival.services.protocol import protocol_write
from cases.arrival.services.received import answer_note
from cases.arrival.words import DECISION, missing_words
from cases.common.admin.forms import keyed
from cases.common.admin.views import file_url, row_or_404
from cases.files.protection.admin import DecisionForm, frame_known
from cases.files.protection.services import legal_frame_set
from cases.stays.models import Placement
from cases.stays.services import Arrival, placement_open, placement_transfer
from cms.admin.actions import RowAction
from cms.kit.papers import pdf_response
from cms.users.models import User

READ = ("case", "partner", "orientation")


def _is_live(row: Linking) -> bool:
    return row.cancelled_at is None


def _is_waiting(row: Linking) -> bool:
    return _is_live(row) and row.placement_id is None


def _is_ready(row: Linking) -> bool:
    return _is_waiting(row) and (not row.missing or row.waived_at is not None)


def _may_arrive(row: Linking) -> bool:
    """Return whether the stay may be opened from the file: all is there or waived, or it is night, when the waiver is
    given on the way.
    """
    return _is_ready(row) or (_is_waiting(row) and is_night_now())


def _awaits_answer(row: Linking) -> bool:
    return _is_live(row) and bool(_parties_left(row))


def _is_to_share(row: Linking) -> bool:
    journey = getattr(row, "journey", None)
    return _is_live(row) and journey is not None and journey.shared_at is None


def paper_view(request: HttpRequest, pk: uuid.UUID, version_pk: uuid.UUID, *, paper: Paper) -> HttpResponse:
    """Return the PDF of a version: whatever became of the linking, its papers are kept with it."""
    row = _linking(pk)
    version = next((one for one in versions_of(row) if one.pk == version_pk), None)
    if version is None:
        raise Http404
    try:
        body = paper_pdf(version=version, paper=paper)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(file_url(row))
    return pdf_response(body, paper_name(version=version, paper=paper))


def _linking(pk: uuid.UUID) -> Linking:
    return row_or_404(Linking.objects.select_related(*READ), pk)


def _parties_left(row: Linking) -> list[str]:
    """List who has not agreed yet to the version in force: the parties of the convention, then who pays."""
    signed = row.agreements.agreed().filter(version=version_latest(row))
    agreed = set(signed.values_list("party", flat=True))
    left = [party for party in Party.values if party not in agreed]
    is_paid = row.financed_on and (row.payer_id is None or payer_agreement_of(row))
    return left if is_paid else [*left, PAYER]


def _to_answer(pk: uuid.UUID) -> Linking:
    row = _linking(pk)
    if not _parties_left(row):
        raise Http404
    return row


def _answer_known(row: Linking) -> dict[str, Any]:
    return _finance_known(row) | ({"guardian": row.guardian_id} if row.guardian_id else {})


def _journey(pk: uuid.UUID) -> Journey:
    journey = Journey.objects.filter(linking=_linking(pk)).first()
    if journey is None:
        raise Http404
    return journey


def _finance_known(row: Linking) -> dict[str, Any]:
    known = {
        "payer_kind": row.payer_kind_id,
        "payer": row.payer_id,
        "daily_price": None if row.daily_price_cents is None else Decimal(row.daily_price_cents) / 100,
        "ends_on": row.finance_ends_on,
    }
    return {name: value for name, value in known.items() if value is not None}


def _journey_known(row: Linking) -> dict[str, Any]:
    journey = Journey.objects.filter(linking=row).first()
    if journey is None:
        return {}
    copied = ("leaves_at", "shelter_until", "meeting_point", "relay")
    return {
        "driver": journey.driver_id,
        "shelter": journey.shelter_id,
        **{name: getattr(journey, name) for name in copied},
    }


def _waive_intro(row: Linking) -> str:
    missing = missing_words(linking_missing(row))
    if not missing:
        return "Rien ne manque : l’arrivée est possible sans dérogation."
    return f"Il manque {', '.join(missing)}. Ce sera à régulariser ; le retard s’affichera sur l’accueil."


def arrival_open(row: Linking, cleaned: dict[str, Any], by: User) -> Placement:
    reason, said = cleaned.pop("waiver_reason", None), cleaned.pop("waiver_words", "")
    if reason and row.waived_at is None and linking_missing(row):
        linking_waive(linking=row, reason_id=reason.pk, words=said, by=by)
    arrival = Arrival(**keyed(cleaned, "legal_frame", "outside_reason"))
    current = Placement.objects.settled().filter(case=row.case, ended_on=None).first()
    if current:
        return placement_transfer(placement=current, partner=row.partner, arrival=arrival, by=by)
    return placement_open(case=row.case, partner=row.partner, arrival=arrival, by=by, orientation=row.orientation)


def note_url(row: Linking) -> str:
    return reverse("cases:handover", args=[row.pk])


OPENING: dict[str, Any] = {
    "form": OpenForm,
    "intro": "La direction de la structure et le service gardien peuvent donner leur accord. Le séjour s’ouvre "
    "ensuite depuis la mise en lien ; un séjour en cours ailleurs prend fin quand l’arrivée est confirmée. Seules les "
    "structures qu’aucun lieu à éviter ni suspension n’écarte sont proposées.",
    "submit_label": "Ouvrir la mise en lien",
    "done": "La mise en lien est ouverte.",
    "goes_to": lambda row, linking: file_url(linking),
}

CASE_ACTIONS = (
    RowAction(
        "linking",
        route="mise-en-lien",
        label="Ouvrir une mise en lien",
        when=lambda case: case.closed_on is None,
        order=80,
        form_kwargs=lambda case: {"case": case},
        service=lambda case, cleaned, by: linking_open(case=case, by=by, **cleaned),
        **OPENING,
    ),
)

PLACEMENT_ACTIONS = (
    RowAction(
        "transfer",
        route="passage",
        label="Préparer un passage vers une autre structure",
        when=lambda row: row.ended_on is None,
        order=50,
        select_related=("case",),
        form_kwargs=lambda row: {"case": row.case},
        service=lambda row, cleaned, by: linking_open(case=row.case, by=by, **cleaned),
        **OPENING,
    ),
)

ACTIONS = (
    RowAction(
        "arrive",
        route="sejour",
        label="Ouvrir le séjour",
        when=_may_arrive,
        is_main=True,
        select_related=READ,
        form=ArriveForm,
        form_kwargs=lambda row: {
            "linking": row,
            "is_complete": row.waived_at is not None or not linking_missing(row),
        },
        initial=lambda row: {"legal_frame": row.case.legal_frame_id},
        service=arrival_open,
        intro="L’équipe de la structure pourra lire le dossier, sans l’identité, tant que dure le séjour. Un séjour "
        "en cours ailleurs prend fin quand l’arrivée est confirmée.",
        submit_label="Ouvrir le séjour",
        done="Le séjour est ouvert.",
    ),
    RowAction(
        "agree",
        route="accord",
        label="Noter un accord reçu",
        when=_awaits_answer,
        find=_to_answer,
        form=AnswerForm,
        form_kwargs=lambda row: {"parties": _parties_left(row)},
        initial=_answer_known,
        proposed=("party",),
        service=lambda row, given, by: answer_note(linking=row, by=by, **given),
        intro="Une ligne par appel, courriel ou papier : qui, quand, comment, ce qui a été répondu. Un refus se note "
        "aussi. La structure, le service gardien et l’autorité qui paie répondent aussi en ligne.",
        done="La réponse est notée.",
    ),
    RowAction(
        "guardian",
        route="service-gardien",
        label="Service gardien",
        title="Nommer le service gardien",
        when=lambda row: _is_live(row) and Party.REQUESTER in _parties_left(row),
        select_related=READ,
        form=GuardianForm,
        initial=lambda row: {"guardian": row.guardian_id},
        service=lambda row, cleaned, by: linking_guardian_set(linking=row, by=by, **cleaned),
        intro="Le service à qui le mineur est confié. Il lit la mise en lien, sans la structure, donne son accord en "
        "ligne et répond des étapes du circuit qui lui reviennent.",
        done="Le service gardien est nommé.",
    ),
    RowAction(
        "decision",
        route="decision",
        label="Noter la décision",
        when=lambda row: _is_live(row) and DECISION in row.missing,
        select_related=READ,
        form=DecisionForm,
        initial=lambda row: frame_known(row.case),
        service=lambda row, given, by: legal_frame_set(case=row.case, by=by, **given),
        intro="La décision du magistrat ou de l’ASE qui confie le mineur. L’échéance de la démarche court à partir "
        "d’elle.",
        done="La décision est notée.",
    ),
    RowAction(
        "checks",
        route="protocole",
        label="Protocole de sécurité",
        when=_is_live,
        select_related=(*READ, "guardian", "case__exploitation_place", "journey__driver"),
        form=ProtocolForm,
        form_kwargs=lambda row: {"points": protocol_points(row)},
        service=lambda row, given, by: protocol_write(linking=row, words=given, by=by),
        intro="Une consigne par point, convenue avec la structure. Un point laissé vide reste à régler ; les points "
        "conseillés ne retiennent pas l’arrivée.",
        done="Le protocole de sécurité est à jour.",
    ),
    RowAction(
        "finance",
        route="finance",
        label="Accord financier",
        when=_is_live,
        select_related=READ,
        form=FinanceForm,
        initial=_finance_known,
        service=lambda row, given, by: linking_finance(linking=row, by=by, **given),
        done="L’accord financier est écrit.",
    ),
    RowAction(
        "journey",
        route="acheminement",
        label="Acheminement",
        when=_is_live,
        select_related=READ,
        form=JourneyForm,
        initial=_journey_known,
        service=lambda row, cleaned, by: journey_set(linking=row, by=by, **keyed(cleaned, "driver", "shelter")),
        intro="Personne d’autre que la coordination ne le lit avant que vous le transmettiez.",
        done="L’acheminement est écrit.",
    ),
    RowAction(
        "share",
        route="acheminement/transmettre",
        label="Transmettre l’acheminement",
        when=_is_to_share,
        find=_journey,
        service=lambda journey, cleaned, by: journey_share(journey=journey, by=by),
        subtitle=lambda journey: journey.linking,
        intro="La direction de la structure et le service demandeur liront le rendez-vous, le point de rencontre et "
        "la personne relais, et pourront imprimer la note. L’adresse n’y est pas.",
        submit_label="Transmettre",
        done="L’acheminement est transmis.",
    ),
    RowAction(
        "waive",
        route="derogation",
        label="Permettre l’arrivée par dérogation",
        when=lambda row: _is_waiting(row) and not _is_ready(row),
        select_related=READ,
        form=LinkingWaiveForm,
        service=lambda row, cleaned, by: linking_waive(linking=row, by=by, **keyed(cleaned, "reason")),
        intro=_waive_intro,
        submit_label="Donner la dérogation",
        done="La dérogation est donnée : l’arrivée est possible.",
    ),
    *(
        RowAction(
            paper.value,
            route=f"versions/<uuid:version_pk>/{paper.stem}",
            permission="view",
            view=partial(paper_view, paper=paper),
        )
        for paper in Paper
    ),
    RowAction(
        "cancel",
        route="abandonner",
        label="Abandonner",
        title="Abandonner la mise en lien",
        when=_is_waiting,
        select_related=READ,
        service=lambda row, cleaned, by: linking_cancel(linking=row, by=by),
        intro="La structure et le service demandeur ne la liront plus.",
        submit_label="Abandonner",
        done="La mise en lien est abandonnée.",
    ),
)
