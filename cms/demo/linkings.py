"""What comes between an acceptance and an arrival in the fictitious network. Nothing is drawn here: the figures of the
network do not depend on it.
"""

import datetime as dt

from cases.arrival.policies import services_entrusting
from cases.arrival.protocol.selectors import protocol_points
from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.journeys import journey_set, journey_share
from cases.arrival.services.linking import linking_agree, linking_finance, linking_waive
from cases.arrival.services.protocol import protocol_write
from cases.files.protection.services import Decided, frame_in_force, legal_frame_met, legal_frame_set
from cases.models import Case, Linking, Party
from cms.demo.plan import PARIS
from cms.territory.models import AseAuthority
from cms.users.models import User

MEETING = "Gare fictive, hall des arrivées, sous l’horloge."
RELAY = "Camille, éducatrice fictive : 01 99 00 45 10"
DECIDERS = {"OPP-P": "PARQUET", "OPP-JE": "JE", "AE": "JE"}
"""Who decides under which frame; the ASE, under the others."""


def linking_settle(linking: Linking, *, by: User, at: dt.datetime, frame: str) -> None:
    """Settle everything before the arrival: decision, agreements, checks, financing."""
    day = at.astimezone(PARIS).date()
    decider = f"decideur:{DECIDERS.get(frame, 'ASE')}"
    decided = Decided(decider, "Juridiction ou département fictifs", f"F-{at:%Y-%m%d}")
    legal_frame_set(case=linking.case, frame_id=f"cadre_juridique:{frame}", decided_at=at, decided=decided, by=by)
    _entrust(linking, by=by)
    _secure_and_pay(linking, by=by, day=day)
    for party in Party:
        linking_agree(linking=linking, party=party, agreed_on=day, by=by)


def linking_hurry(linking: Linking, *, by: User, at: dt.datetime) -> None:
    """Settle what an arrival at night needs: the agreement of the service and the money come afterwards."""
    day = at.astimezone(PARIS).date()
    linking_agree(linking=linking, party=Party.STRUCTURE, agreed_on=day, by=by)
    linking_agree(linking=linking, party=Party.NETWORK, agreed_on=day, by=by)
    words = "Texte fictif : arrivée dans la nuit, l’accord écrit suit."
    linking_waive(linking=linking, reason_id="motif_derogation:DANGER", words=words, by=by, at=at)


def _secure_and_pay(linking: Linking, *, by: User, day: dt.date) -> None:
    words = {point.value.pk: point.proposed for point in protocol_points(linking) if point.is_required}
    protocol_write(linking=linking, words=words, by=by)
    payer = AseAuthority.objects.filter(pk=linking.case.origin_id).first()
    linking_finance(
        linking=linking,
        payer_kind_id="payeur:ASE" if payer else "payeur:PJJ",
        payer_id=payer.pk if payer else None,
        daily_price_cents=18550,
        financed_on=day,
        by=by,
    )


def _entrust(linking: Linking, *, by: User) -> None:
    """Name the ASE of where the minor comes from, else another, when police or an association asked."""
    if linking.guardian_id:
        return
    services = services_entrusting()
    near = services.filter(ase_authority_id=linking.case.origin_id).first()
    if guardian := near or services.first():
        linking_guardian_set(linking=linking, guardian=guardian, by=by)


def frame_settle(case: Case, *, by: User, now: dt.datetime) -> None:
    """Take the step that a frame waits for, once its day is past."""
    frame = frame_in_force(case)
    if frame and frame.due_at and frame.due_at < now:
        legal_frame_met(legal_frame=frame, at=frame.due_at - dt.timedelta(days=1), by=by)


def travel(linking: Linking, *, by: User, leaves_at: dt.datetime, shared_at: dt.datetime) -> None:
    journey = journey_set(
        linking=linking,
        driver_id="conduite:SERVICE",
        leaves_at=leaves_at,
        meeting_point=MEETING,
        relay=RELAY,
        shelter_id="abri_provisoire:FOYER",
        by=by,
    )
    journey_share(journey=journey, by=by, at=shared_at)
