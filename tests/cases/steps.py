"""Short ways to walk the chain in a test: each takes what the test is about, and says the rest in the plainest way."""

import datetime as dt
import json
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cases.arrival.services.linking import arrival_waive, linking_agree, linking_finance
from cases.enums import Decision, IdentificationLevel, Nature
from cases.incidents.authorities.selectors import authorities_missing
from cases.incidents.authorities.services import authority_tell
from cases.incidents.services.following import retex_write
from cases.models import Linking, Party
from cases.proposals.services import Consultation, orientation_decide
from cases.requests.services.sollicitations import NewSollicitation, sollicitation_link, sollicitation_send
from cases.stays.services import Arrival, placement_open
from cms.kit.constraints import constraints_settle as settle
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.wall import scope

PARIS = ZoneInfo("Europe/Paris")
FACTS = {"sex_id": "sexe:M", "identification_level_id": IdentificationLevel.PRESUMED}


def days_ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def partner(name: str) -> Partner:
    return Partner.objects.get(code_name=name)


def arguments(user, service="Brigade 12") -> dict:
    """What `NewSollicitation` takes, in the plainest way."""
    return {
        "requester": service if isinstance(service, Partner) else partner(service),
        "submitted_by": user,
        "nature_id": Nature.CARE,
        "urgency_id": "urgence:U1",
        "channel_id": "canal:PORTAIL",
        "forms": ["forme:SEX"],
        "main_form": "forme:SEX",
        "facts": FACTS,
        "age": 15,
        "detail": {"narrative": "Un récit que personne ne doit lire."},
    }


def send(user, service="Brigade 12", **changes):
    return sollicitation_send(NewSollicitation(**arguments(user, service) | changes))


def open_case(cast, **changes):
    """A sollicitation of the gendarmerie, entered by the coordination and tied to a new case."""
    sollicitation = send(cast["coordination"], **changes)
    return sollicitation, sollicitation_link(sollicitation=sollicitation, by=cast["coordination"])


def orient(cast, sollicitation, names=("Les Tilleuls",), **changes):
    arguments = {"decision_id": Decision.NETWORK, "structures": [partner(name) for name in names]} | changes
    own = _pop(arguments, "decision_id", "decided_by", "decided_at", "ordinary_service_id")
    own = {"decided_by": cast["coordination"]} | own
    return orientation_decide(sollicitation=sollicitation, consultation=Consultation(**arguments), **own)


def _pop(arguments: dict, *names: str) -> dict:
    return {name: arguments.pop(name) for name in names if name in arguments}


def linked(cast, case, house: Partner, **changes) -> Linking:
    """The linking of the next arrival, waived but for the yes of the structure: the shortest honest way through."""
    by = cast["coordination"]
    linking = arrival_waive(case=case, partner=house, reason_id="motif_derogation:DANGER", by=by, **changes)
    if not Linking.objects.is_accepted(linking.pk):
        linking_agree(linking=linking, party=Party.STRUCTURE, by=by)
    return linking


def place(cast, case, name="Les Tilleuls", arrived_at=None, **changes):
    """A stay at a structure, under a linking waived if none is open."""
    house = changes.get("partner") or partner(name)
    if house.kind == PartnerKind.STRUCTURE:
        linked(cast, case, house, orientation=changes.get("orientation"))
    arguments = {
        "partner": partner(name),
        "arrived_at": arrived_at or days_ago(1),
        "legal_frame_id": "cadre_juridique:AE",
    } | changes
    own = _pop(arguments, "partner", "orientation")
    return placement_open(case=case, by=cast["coordination"], arrival=Arrival(**arguments), **own)


def financed_by(cast, linking: Linking, authority: str) -> Linking:
    """Another authority agrees to pay, at the same price."""
    return linking_finance(
        linking=linking,
        payer_kind_id="payeur:ASE",
        payer_id=authority,
        daily_price_cents=18550,
        financed_on=timezone.localdate(),
        by=cast["coordination"],
    )


@contextmanager
def refused_on(field: str | None = None, match: str = ""):
    """The block is refused with a sentence beside `field` (none: for the whole form), and writes nothing."""
    with pytest.raises(ValidationError, match=match or None) as caught, transaction.atomic():
        yield
    if field:
        assert field in caught.value.message_dict
    else:
        assert not hasattr(caught.value, "error_dict")


@contextmanager
def held_by(constraint: str):
    """The database itself refuses the block, by the constraint of this name."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():  # noqa: PT012
        yield
        settle()
    assert caught.value.__cause__.diag.constraint_name == constraint


@contextmanager
def walled():
    """Row security refuses what the block writes."""
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        yield


def journal_of(object_id) -> list[tuple[str, dict]]:
    """Actions told to the journal about an object, and their details."""
    with scope.acting(scope.FIGURES), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, details FROM journal_line WHERE object_id = %s AND outcome = 'done' ORDER BY id",
            [object_id],
        )
        return [(action, json.loads(details)) for action, details in cursor.fetchall()]


def closing_settle(incident, by) -> None:
    """What closing an incident asks for: each authority told, and a retour d’expérience."""
    for call in authorities_missing(incident):
        ase = call.ase_ids[0] if call.is_of_one else None
        authority_tell(incident=incident, authority_id=call.authority.pk, ase_authority_id=ase, told_by=by)
    retex_write(
        incident=incident,
        held_on=timezone.localdate(),
        lessons="Ce que nous avons compris.",
        causes=["cause_incident:CONSIGNE"],
        by=by,
    )
