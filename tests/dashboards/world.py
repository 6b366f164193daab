"""Rows for the tests of figures, written under the coordination's scope, each dated by its event."""

import datetime as dt
import itertools
import uuid
from zoneinfo import ZoneInfo

from cases.enums import Decision
from cases.models import Case, CaseForm, Incident, Orientation, Placement, Proposal, Sollicitation, SollicitationForm
from cms.documents.models import Acknowledgement, Document, DocumentKind, DocumentVersion
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.conventions.services import convention_advance, convention_open
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Convention, Partner
from tests.cast.linkings import placement_let_in

PARIS = ZoneInfo("Europe/Paris")
_numbers = itertools.count(1)


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


class World:
    """Writes what a test needs; `by` is the coordination's account."""

    def __init__(self, by):
        self.by = by
        self.requester = Partner.objects.get(code_name="Brigade 12")

    def case(self, *, person_key=None, is_test=False, form="forme:SEX", **facts) -> Case:
        number = next(_numbers)
        case = Case.objects.create(
            reference=f"M-T-{number}",
            opened_on=dt.date(2025, 1, 1),
            is_test=is_test,
            person_key=person_key or uuid.uuid4(),
            **facts,
        )
        if form:
            CaseForm.objects.create(case=case, form_id=form, is_main=True)
        return case

    def sollicitation(self, received_at: dt.datetime, *, case=None, form="forme:SEX", **values) -> Sollicitation:
        fields = {
            "requester": self.requester,
            "requester_type_id": "acteur:GN-BT",
            "submitted_by": self.by,
            "channel_id": "canal:TEL",
            "nature_id": "nature:PEC",
            "urgency_id": "urgence:U2",
            "age_at_reception": 15,
            **values,
        }
        row = Sollicitation.objects.create(
            reference=f"S-T-{next(_numbers)}",
            case=case,
            received_at=received_at,
            received_on=received_at.astimezone(PARIS).date(),
            **fields,
        )
        if form:
            SollicitationForm.objects.create(sollicitation=row, form_id=form, is_main=True)
        return row

    def orientation(self, sollicitation: Sollicitation, decided_at: dt.datetime, **values) -> Orientation:
        fields = {
            "decision_id": Decision.NETWORK,
            "identification_level_id": "niveau_identification:SUSP",
            "age_at_decision": 15,
            "decided_by": self.by,
            **values,
        }
        return Orientation.objects.create(
            case=sollicitation.case,
            sollicitation=sollicitation,
            decided_at=decided_at,
            decided_on=decided_at.astimezone(PARIS).date(),
            **fields,
        )

    def proposal(self, orientation: Orientation, partner: Partner, answer: str | None) -> Proposal:
        sent = orientation.decided_at
        return Proposal.objects.create(
            orientation=orientation,
            partner=partner,
            sheet={},
            sent_at=sent,
            answer_by=sent + dt.timedelta(days=2),
            answer_id=answer,
            refusal_reason_id="motif_refus:PLACE" if answer == "reponse:REFUS" else None,
            answered_at=sent + dt.timedelta(hours=5) if answer else None,
        )

    def placement(
        self, case: Case, partner: Partner, arrived_at: dt.datetime, *, is_confirmed=True, **values
    ) -> Placement:
        convention = Convention.objects.in_force_on(arrived_at.date()).filter(partner=partner).first()
        fields = {
            "convention": convention,
            "outside_reason_id": None if convention else "motif_hors_convention:URGENCE",
            "legal_frame_id": "cadre_juridique:OPP-P",
            "age_at_arrival": 15,
            **values,
        }
        placement = Placement.objects.create(
            case=case,
            partner=partner,
            arrived_at=arrived_at,
            arrived_on=arrived_at.astimezone(PARIS).date(),
            confirmed_at=arrived_at if is_confirmed else None,
            confirmed_by=self.by if is_confirmed else None,
            **fields,
        )
        return placement_let_in(placement, by=self.by)

    def incident(self, partner: Partner, declared_at: dt.datetime, **values) -> Incident:
        return Incident.objects.create(
            reference=f"I-T-{next(_numbers)}",
            partner=partner,
            incident_type_id="type_incident:FUG",
            severity_id="gravite:G3",
            occurred_at=declared_at - dt.timedelta(hours=5),
            noticed_at=declared_at - dt.timedelta(hours=2),
            declared_at=declared_at,
            declared_on=declared_at.astimezone(PARIS).date(),
            declared_by=self.by,
            **values,
        )

    def structure(self, code_name: str, territory: str, *, signed_on: dt.date | None = None) -> Partner:
        partner = partner_create(
            PartnerCard(
                kind=PartnerKind.STRUCTURE,
                code_name=code_name,
                opened_on=dt.date(2025, 1, 1),
                structure_type_id="type_structure:MECS",
                territory_id=territory,
            )
        )
        if signed_on:
            self.sign(partner, signed_on)
        return partner

    def authority(self, code: str, territory: str, *, signed_on: dt.date | None = None) -> Partner:
        partner = partner_create(
            PartnerCard(
                kind=PartnerKind.ASE,
                code_name=f"Autorité {code}",
                opened_on=dt.date(2025, 1, 1),
                territory_id=territory,
                ase_authority_id=code,
            )
        )
        if signed_on:
            self.sign(partner, signed_on)
        return partner

    def sign(self, partner: Partner, on: dt.date, *, ends_on: dt.date | None = None) -> Convention:
        convention = convention_open(partner=partner, reference=f"CV-T-{next(_numbers)}", contacted_on=on)
        return convention_advance(convention=convention, stage=Stage.SIGNED, on=on, ends_on=ends_on)

    def standard(
        self, effective_on: dt.date, *, is_major: bool = True, kind: str = DocumentKind.REFERENTIEL
    ) -> DocumentVersion:
        """A version of the référentiel, or of another document; the next one each time."""
        document, _ = Document.objects.get_or_create(
            kind=kind, defaults={"title": "Référentiel", "signed_by": "structures"}
        )
        sequence = document.versions.count() + 1
        return DocumentVersion.objects.create(
            document=document,
            sequence=sequence,
            number=f"{sequence}.0",
            is_major=is_major,
            change_note="",
            effective_on=effective_on,
            published_at=at(effective_on),
            content={},
            content_hash="0" * 64,
        )

    def acknowledge(self, version: DocumentVersion, partner: Partner, day: dt.date) -> Acknowledgement:
        return Acknowledgement.objects.create(
            version=version,
            partner=partner,
            recorded_by=self.by,
            recorded_at=at(day),
            signer_name="Alice Martin",
            signer_position="Directrice",
            signed_at=at(day),
            version_hash=version.content_hash,
            clause_hashes={},
        )
