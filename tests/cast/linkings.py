"""The linking of a stay of the cast: each party agrees for itself, the coordination settles the rest."""

import datetime as dt

from django.utils import timezone

from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.linking import linking_agree, linking_finance
from cases.arrival.services.protocol import protocol_write
from cases.files.protection.services import Decided, frame_in_force, legal_frame_set
from cases.guard.enums import BY_TWO
from cases.guard.models import StayDerogation
from cases.models import Linking, Party, Placement
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.selectors import values_of
from cms.wall import scope

FRAME = "cadre_juridique:OPP-P"
MIDNIGHT = dt.time()


def linking_complete(
    linking: Linking, *, coordination: User, on: dt.date, parties=tuple(Party), frame: str = FRAME, marker: str = ""
) -> None:
    """By the coordination, which holds the papers: what every arrival waits for."""
    decision_written(linking, by=coordination, on=on, frame=frame, marker=marker)
    if linking.guardian is None:
        linking_guardian_set(linking=linking, guardian=ase_north(), by=coordination)
    protocol_write(linking=linking, words=sentences(marker), by=coordination)
    linking_finance(
        linking=linking,
        payer_kind_id="payeur:ASE",
        payer_id="59",
        daily_price_cents=18550,
        financed_on=on,
        by=coordination,
    )
    for party in parties:
        linking_agree(linking=linking, party=party, agreed_on=on, by=coordination)


def decision_written(linking: Linking, *, by: User, on: dt.date, frame: str = FRAME, marker: str = "") -> None:
    current = frame_in_force(linking.case)
    if current and current.decider_id:
        return
    decided = Decided("decideur:PARQUET", f"Tribunal judiciaire fictif {marker}".strip(), f"P-26-017 {marker}".strip())
    at = timezone.make_aware(dt.datetime.combine(on, MIDNIGHT))
    legal_frame_set(case=linking.case, frame_id=frame, decided_at=at, decided=decided, by=by)


def sentences(marker: str = "") -> dict[str, str]:
    """What is required of the protocol, in words."""
    return {
        item.pk: f"{item.label}, dit à l’équipe. {marker}".strip()
        for item in values_of("protocole_securite")
        if item.extra.get("is_required")
    }


def ase_north() -> Partner:
    return Partner.objects.filter(kind=PartnerKind.ASE, ase_authority_id="59").order_by("code_name")[0]


def linking_agreed_by_each(linking: Linking, *, users: dict[str, User], director: str) -> None:
    """The direction of the structure and the service of the ASE to which the minor is entrusted."""
    with scope.acting(users["coordination"]):
        row = Linking.objects.get(pk=linking.pk)
        if row.guardian is None:
            linking_guardian_set(linking=row, guardian=ase_north(), by=users["coordination"])
    for key, party in ((director, Party.STRUCTURE), ("ase", Party.REQUESTER)):
        with scope.acting(users[key]):
            linking_agree(linking=Linking.objects.get(pk=linking.pk), party=party, by=users[key])


def placement_let_in(placement: Placement, *, by: User) -> Placement:
    """The linking of a stay that a test wrote as a row: the structure agreed, `by` waived the rest, and two people
    allowed what the test does not look at, such as a structure without places.
    """
    linking = Linking.objects.create(
        case_id=placement.case_id, partner_id=placement.partner_id, opened_at=placement.arrived_at
    )
    linking_agree(linking=linking, party=Party.STRUCTURE, agreed_on=placement.arrived_on, by=by)
    Linking.objects.filter(pk=linking.pk).update(
        waived_at=placement.arrived_at, waived_by=by, waiver_reason_id="motif_derogation:DANGER", placement=placement
    )
    _allow(placement, by)
    return placement


def _allow(placement: Placement, by: User) -> None:
    now = timezone.now()
    derogation = StayDerogation.objects.create(
        case_id=placement.case_id,
        partner_id=placement.partner_id,
        obstacles=list(BY_TWO),
        reason="Séjour écrit par un essai.",
        asked_by=by,
        asked_at=now,
    )
    second = User.objects.get(email="direction@havre.example")
    with scope.acting(second):
        StayDerogation.objects.filter(pk=derogation.pk).update(
            agreed_by=second, agreed_at=now, ends_at=now + dt.timedelta(days=1)
        )
