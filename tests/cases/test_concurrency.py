"""Two people at the same instant: real connections, on a database of their own, committed."""

import os
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections
from django.utils import timezone

from cases.arrival.services.linking import linking_agree, linking_open
from cases.circuit.selectors import versions_to_start
from cases.circuit.services import circuit_close, circuit_start
from cases.files.duplicates.services import case_merge_agree, case_merge_ask
from cases.guard.selectors import free_place_ids
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.models import (
    Case,
    CaseMerge,
    Circuit,
    Incident,
    Linking,
    Milestone,
    Party,
    Placement,
    Proposal,
    Sollicitation,
    UnverifiedRequest,
)
from cases.proposals.services import ANSWERED, proposal_answer, proposal_confirm
from cases.requests.services.sollicitations import NewSollicitation
from cases.requests.siblings.services import Sibling, siblings_send
from cases.requests.unverified.services import unverified_call, unverified_send
from cases.stays.reviews.services import ReviewAnswers, review_write
from cases.stays.services import Arrival, placement_confirm, placement_end, placement_open
from cms.notify.models import Obligation, Ring
from cms.partners.conventions.services import place_close
from cms.partners.models import Membership, Place
from cms.partners.people.services import membership_delegate
from cms.users.models import User
from cms.wall import scope
from tests import database
from tests.cases.steps import arguments, linked, open_case, partner as house_of, place, send
from tests.cast.situations import rows as cast_rows
from tests.plugins.extent import sampled

COORDINATION = "coordination@havre.example"
FREE = 3
ARRIVALS = sampled([200], [12])[0]


@pytest.fixture
def committed(request, django_db_setup, django_db_blocker):
    """A copy of the template that this test alone writes in, and commits to."""
    name = f"havre_race_{os.getpid()}_{uuid.uuid4().hex[:6]}"
    with django_db_blocker.unblock():
        database.copy_template(name)
        before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        try:
            yield cast_rows()
        finally:
            for alias in connections:
                connections[alias].close()
                connections[alias].settings_dict["NAME"] = before[alias]
            database.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


def at_once(email: str | tuple[str, ...], *deeds) -> list:
    """Run each deed in its own connection and transaction, released together; answers results or refusals. `email`:
    of whoever does them all, or of each in turn.
    """
    start = threading.Barrier(len(deeds), timeout=30)
    emails = (email,) * len(deeds) if isinstance(email, str) else email

    def run(who, deed):
        try:
            with scope.acting(User.objects.get(email=who)):
                start.wait()
                return deed()
        except (ValidationError, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, emails, deeds))


def refusals(results: list) -> list:
    return [result for result in results if isinstance(result, Exception)]


def by(email: str = COORDINATION) -> User:
    return User.objects.get(email=email)


def accepted_by_both(committed) -> list[uuid.UUID]:
    pair = [committed["proposal_a"].pk, committed["proposal_b"].pk]
    for director, pk in zip(("director-a", "director-b"), pair, strict=True):
        user = by(f"{director}@havre.example")
        with scope.acting(user):
            proposal_answer(
                proposal=Proposal.objects.get(pk=pk),
                answer_id="reponse:ACC",
                answered_by=user,
                available_from=timezone.now(),
            )
    return pair


def test_two_coordinators_who_keep_two_structures_at_once_keep_one(committed):
    """The second reads why; the structure kept and the other one are told, each once, and nobody of both."""
    pair = accepted_by_both(committed)
    people = (COORDINATION, "direction@havre.example")

    def keep(pk, who):
        return proposal_confirm(proposal=Proposal.objects.get(pk=pk), by=by(who))

    results = at_once(people, *[partial(keep, pk, who) for pk, who in zip(pair, people, strict=True)])
    [refusal] = refusals(results)
    assert isinstance(refusal, ValidationError)
    assert refusal.messages == ["Cette proposition n’a plus cours."]
    with scope.acting(by()):
        kept = Proposal.objects.filter(pk__in=pair).exclude(confirmed_at=None).get()
        assert Proposal.objects.exclude(withdrawn_at=None).get().pk in pair
        assert Linking.objects.live().filter(orientation=kept.orientation).get().partner_id == kept.partner_id
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.filter(object_id__in=pair, kind__in=["proposal_kept", "proposal_not_kept"])
        told = {(row.kind, row.object_id) for row in rows}
        assert len(rows) == 2
    [other] = set(pair) - {kept.pk}
    assert told == {("proposal_kept", kept.pk), ("proposal_not_kept", other)}


def test_two_answers_of_one_structure_at_once_are_one(committed):
    """The director and an educator who holds the delegation: whoever comes second reads that it is answered."""
    pk = committed["proposal_a"].pk
    people = ("director-a@havre.example", "educator-a@havre.example")
    with scope.acting(by(people[0])):
        row = Membership.objects.get(user__email=people[1], revoked_at=None)
        membership_delegate(membership=row, may_answer=True)
    yes = {"answer_id": "reponse:ACC", "available_from": timezone.now()}
    no = {"answer_id": "reponse:REFUS", "refusal_reason_id": "motif_refus:PLACE"}

    def answer(who, said):
        return proposal_answer(proposal=Proposal.objects.get(pk=pk), answered_by=by(who), **said)

    results = at_once(people, *[partial(answer, who, said) for who, said in zip(people, (yes, no), strict=True)])
    [refusal] = refusals(results)
    assert isinstance(refusal, ValidationError)
    assert refusal.messages == [ANSWERED]
    with scope.acting(by()):
        code = Proposal.objects.get(pk=pk).answer_id
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.filter(object_id=pk, kind__in=["proposal_accepted", "proposal_refused"])
        [kind] = set(rows.values_list("kind", flat=True))
    assert kind == ("proposal_accepted" if code == yes["answer_id"] else "proposal_refused")


def test_the_index_alone_keeps_one_confirmation(committed):
    pair = [committed["proposal_a"].pk, committed["proposal_b"].pk]
    at = timezone.now()
    values = {"answer_id": "reponse:ACC", "answered_at": at, "confirmed_at": at}
    results = at_once(COORDINATION, *[lambda pk=pk: Proposal.objects.filter(pk=pk).update(**values) for pk in pair])
    [refusal] = refusals(results)
    assert refusal.__cause__.diag.constraint_name == "proposal_one_confirmed"


def test_two_stays_at_once_open_one(committed):
    case_id = committed["case_open"].pk

    def deed(name):
        return lambda: place({"coordination": by()}, Case.objects.get(pk=case_id), name)

    results = at_once(COORDINATION, deed("Les Tilleuls"), deed("Aubépine"))
    assert len(refusals(results)) == 1
    with scope.acting(by()):
        assert Placement.objects.filter(case_id=case_id).count() == 1


def test_two_minors_at_once_for_one_place(committed):
    with scope.acting(by()):
        bed = Place.objects.get(pk=free_place_ids(house_of("Les Tilleuls"), timezone.localdate())[0])
        placement_end(
            placement=committed["placement_b"], ended_on=timezone.localdate(), reason_id="motif_fin:TRANSFERT", by=by()
        )
    pair = [committed["case_open"].pk, committed["case_b"].pk]

    def deed(pk):
        return lambda: place({"coordination": by()}, Case.objects.get(pk=pk), arrived_at=timezone.now(), place=bed)

    results = at_once(COORDINATION, *[deed(pk) for pk in pair])
    [refusal] = refusals(results)
    with scope.acting(by()):
        assert Placement.objects.filter(place=bed).count() == 1


def test_one_key_sent_twice_at_once_is_one_row(committed):
    key = uuid.uuid4()
    email = "gendarme@havre.example"
    deed = lambda: send(by(email), idempotency_key=key).pk  # noqa: E731
    first, second = at_once(email, deed, deed)
    assert first == second
    with scope.acting(by()):
        sollicitation = Sollicitation.objects.get(idempotency_key=key)
        assert sollicitation.forms.count() == 1


def test_a_family_sent_twice_at_once_is_one_family(committed):
    key = uuid.uuid4()
    email = "gendarme@havre.example"

    def deed():
        first = NewSollicitation(**arguments(by(email)), idempotency_key=key)
        return [row.pk for row in siblings_send(first, [Sibling("sexe:F", 9), Sibling("sexe:M", None)])]

    first, second = at_once(email, deed, deed)
    assert first == second
    with scope.acting(by()):
        assert Sollicitation.objects.filter(pk__in=first, group_id__isnull=False).count() == 3


def test_the_public_form_sent_twice_at_once_is_one_row(committed):
    words = dict.fromkeys(("unit", "callback_name", "callback_phone", "narrative"), "x")
    told = {"key": uuid.uuid4(), "unit_type_id": "acteur:GN-BT", "urgency_id": "urgence:U0", "words": words}
    start = threading.Barrier(3, timeout=30)

    def send_one(_):
        try:
            start.wait()
            return unverified_send(**told, answers={})
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        receipts = list(pool.map(send_one, range(3)))
    assert len({(receipt.reference, receipt.code) for receipt in receipts}) == 1
    with scope.acting(by()):
        row = UnverifiedRequest.objects.get(reference=receipts[0].reference)
        assert Ring.objects.filter(object_id=row.pk).count() == 1


def test_two_calls_confirmed_at_once_make_one_request(committed):
    pk = committed["unverified"].pk

    def deed():
        told = {"outcome": "confirmed", "number": "01 99 00 90 00", "requester": house_of("Brigade 12")}
        return unverified_call(request=UnverifiedRequest.objects.get(pk=pk), by=by(), **told).pk

    results = at_once(COORDINATION, deed, deed)
    assert len(refusals(results)) == 1
    with scope.acting(by()):
        assert Sollicitation.objects.filter(channel_id="canal:PUBLIC").count() == 1


def test_references_drawn_at_once_differ(committed):
    email = "gendarme@havre.example"
    results = at_once(email, *[lambda: send(by(email)).reference for _ in range(4)])
    assert len(set(results)) == 4


def test_an_arrival_confirmed_twice_at_once_is_confirmed_once(committed):
    with scope.acting(by()):
        placement = place({"coordination": by()}, committed["case_open"])
    email = "director-a@havre.example"
    deed = lambda: placement_confirm(placement=Placement.objects.get(pk=placement.pk), by=by(email))  # noqa: E731
    assert len(refusals(at_once(email, deed, deed))) == 1


def test_one_agreement_given_twice_at_once_is_given_once(committed):
    with scope.acting(by()):
        linking = linking_open(case=committed["case_open"], partner=house_of("Les Tilleuls"), by=by())
    email = "director-a@havre.example"

    def agree():
        return linking_agree(linking=Linking.objects.get(pk=linking.pk), party=Party.STRUCTURE, by=by(email))

    assert len(refusals(at_once(email, agree, agree))) == 1
    with scope.acting(by()):
        assert linking.agreements.count() == 1


def test_one_linking_serves_one_arrival_at_once(committed):
    house, case_id = "Les Tilleuls", committed["case_open"].pk
    with scope.acting(by()):
        linked({"coordination": by()}, committed["case_open"], house_of(house))

    def arrive():
        return placement_open(
            case=Case.objects.get(pk=case_id),
            partner=house_of(house),
            by=by(),
            arrival=Arrival(arrived_at=timezone.now(), legal_frame_id="cadre_juridique:AE"),
        )

    assert len(refusals(at_once(COORDINATION, arrive, arrive))) == 1
    with scope.acting(by()):
        assert Placement.objects.filter(case_id=case_id).count() == 1


def test_arrivals_at_once_never_exceed_the_places(committed):
    """Each for another minor, all in one structure: as many are accepted as there were places."""
    today = timezone.localdate()
    with scope.acting(by()):
        house = house_of("Les Tilleuls")
        for pk in free_place_ids(house, today)[FREE:]:
            place_close(place=Place.objects.get(pk=pk), on=today)
        ids = [open_case({"coordination": by()})[1].pk for _ in range(ARRIVALS)]
        for case_id in ids:
            linked({"coordination": by()}, Case.objects.get(pk=case_id), house)

    def arrive(case_id):
        return placement_open(
            case=Case.objects.get(pk=case_id),
            partner=house,
            by=by(),
            arrival=Arrival(arrived_at=timezone.now(), legal_frame_id="cadre_juridique:AE"),
        )

    results = at_once(COORDINATION, *[partial(arrive, case_id) for case_id in ids])
    assert len(refusals(results)) == ARRIVALS - FREE
    with scope.acting(by()):
        taken = Placement.objects.filter(partner=house, ended_on=None).values_list("place_id", flat=True)
        assert None not in taken
        assert len(set(taken)) == len(taken) == Place.objects.on(today).filter(partner=house).count()


def test_a_circuit_begun_and_a_review_written_twice_at_once_are_so_once(committed):
    stay = committed["placement_a"]
    with scope.acting(by()):
        circuit_close(circuit=committed["circuit_a"], by=by())
        version = versions_to_start().first()

    def start():
        return circuit_start(case=Case.objects.get(pk=stay.case_id), version=version, by=by())

    def write():
        return review_write(
            placement=Placement.objects.get(pk=stay.pk),
            milestone=Milestone.WEEK,
            by=by(),
            answers=ReviewAnswers(
                safety_id="bilan_securite:SUR",
                needs_care=False,
                schooling_id="bilan_scolarite:SUIVIE",
                adhesion_id="adhesion:ACCEPTE",
                next_goal_id="bilan_objectif:ECOLE",
            ),
        )

    for deed in (start, write):
        assert len(refusals(at_once(COORDINATION, deed, deed))) == 1
    with scope.acting(by()):
        assert Circuit.objects.filter(case_id=stay.case_id, closed_on=None).count() == 1
        assert stay.reviews.count() == 1


def test_two_agreements_at_once_merge_once(committed):
    one, other = committed["case_a"], committed["case_b"]
    with scope.acting(by("direction@havre.example")):
        merge = case_merge_ask(kept=one, merged=other, by=by("direction@havre.example"))

    def agree():
        return case_merge_agree(merge=CaseMerge.objects.get(pk=merge.pk), by=by())

    results = at_once(COORDINATION, agree, agree)
    assert len(refusals(results)) == 1
    with scope.acting(by()):
        assert len(set(Case.objects.filter(pk__in=[one.pk, other.pk]).values_list("person_key", flat=True))) == 1
        row = CaseMerge.objects.get(pk=merge.pk)
    assert row.moved == {str(other.pk): str(other.person_key)}


def test_two_who_take_an_incident_in_charge_at_once_and_the_calls_end_once(committed):
    pk = committed["incident_a"].pk

    def deed():
        incident_acknowledge(incident=Incident.objects.get(pk=pk), by=by())

    [refusal] = refusals(at_once(COORDINATION, deed, deed))
    assert "pris en compte" in str(refusal)
    with scope.acting(by()):
        assert Incident.objects.get(pk=pk).state == "acknowledged"
        assert not Ring.objects.open().filter(object_id=pk).exists()


def test_the_same_declaration_sent_twice_at_once_is_one(committed):
    key, at = uuid.uuid4(), timezone.now()

    def deed():
        return incident_declare(
            Declaration(
                partner=house_of("Les Tilleuls"),
                incident_type_id="type_incident:FUG",
                occurred_at=at,
                noticed_at=at,
                narrative="Faits",
                idempotency_key=key,
            ),
            declared_by=by("director-a@havre.example"),
        ).pk

    results = at_once("director-a@havre.example", deed, deed)
    assert len(set(results)) == 1
    with scope.acting(by()):
        assert Ring.objects.open().filter(object_id=results[0]).count() == 1
