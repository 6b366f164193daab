"""Units of police and gendarmerie: signature of the protocol, contacts, yearly review."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.enums import Nature
from cases.requests.services.sollicitations import NewSollicitation, sollicitation_send
from cms.documents.models import Acknowledgement, AuthorisedUnit, UnitReview
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.units.services import reviews_follow, unit_list, unit_review
from cms.documents.versions.selectors import version_in_force
from cms.notify.models import Obligation
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.models import Partner
from cms.partners.people.services import membership_open
from cms.users.roles import Role
from cms.users.services import user_create
from cms.wall import scope
from tests.cast.people import PASSWORD
from tests.cast.session import signed_in
from tests.cast.situations import FACTS
from tests.costs import counted
from tests.notify.steps import messages_leave, obligations_end

TODAY = dt.date.today()
UNITS = "/admin/documents-du-reseau/unites/"
SIGN = "/documents/fsi-protocol/signer/"


@pytest.fixture
def brigade(cast, acting_as):
    with acting_as("coordination"):
        return Partner.objects.select_related("requester_type").get(code_name="Brigade 12")


@pytest.fixture
def chief(cast, acting_as, brigade):
    """The chief of the unit, to whom the coordination gave its signature."""
    with scope.acting(scope.REFERENCE):
        user = user_create(
            email="chief@havre.example", first_name="Cyril", last_name="Besson", position="Commandant",
            password=PASSWORD,
        )  # fmt: skip
    with acting_as("coordination"):
        membership_open(user=user, partner=brigade, role=Role.REQUESTER, starts_on=TODAY, can_sign=True)
    return user


@pytest.fixture
def chief_client(chief):
    return signed_in(chief)


def test_the_chief_signs_for_the_unit(chief_client, acting_as, brigade, client_of):
    page = chief_client.get("/").content.decode()
    assert "Protocole à signer" in page
    html = chief_client.get(SIGN).content.decode()
    assert "Une seule entrée, jour et nuit" in html
    with acting_as("coordination"):
        version = version_in_force("fsi-protocol")
    form = {"partner": str(brigade.pk), "position": "Commandant", "version": str(version.pk)}
    assert chief_client.post(SIGN, form).status_code == 422, "la case n’est pas cochée"
    assert chief_client.post(SIGN, {**form, "is_committed": "on"}).status_code == 302
    with acting_as("gendarme"):
        row = Acknowledgement.objects.get(version=version)
        assert (row.partner, row.signer_name, row.version_hash) == (brigade, "Cyril Besson", version.content_hash)
    assert "Protocole à signer" not in chief_client.get("/").content.decode()
    receipt = client_of("gendarme").get(f"/referentiel/engagements/{row.pk}/").content.decode()
    assert "protocole police et gendarmerie" in receipt
    html = client_of("coordination").get(UNITS).content.decode()
    assert "Cyril Besson, Commandant" in html


def test_a_gendarme_without_the_signature_signs_nothing(client_of, acting_as, cast, brigade):
    assert client_of("gendarme").get(SIGN).status_code == 404
    with acting_as("gendarme"):
        version = version_in_force("fsi-protocol")
        with pytest.raises(ValidationError):
            acknowledgement_sign(version=version, partner=brigade, signed_by=cast["gendarme"], position="x")


def test_a_director_of_structure_does_not_sign_the_protocol(client_of, acting_as, cast):
    assert client_of("director_a").get(SIGN).status_code == 404
    with acting_as("director_a"):
        version, house = version_in_force("fsi-protocol"), Partner.objects.get(code_name="Les Tilleuls")
        with pytest.raises(ValidationError):
            acknowledgement_sign(version=version, partner=house, signed_by=cast["director_a"], position="x")


def test_a_unit_that_has_not_signed_asks_for_a_place(client_of, acting_as, brigade, cast):
    with acting_as("coordination"):
        assert not Acknowledgement.objects.filter(partner=brigade).exists()
    assert "<form" in client_of("gendarme").get("/situations/demander/", follow=True).content.decode()
    with acting_as("gendarme"):
        request = sollicitation_send(NewSollicitation(
            requester=brigade, submitted_by=cast["gendarme"], nature_id=Nature.CARE, urgency_id="urgence:U2",
            channel_id="canal:PORTAIL", forms=["forme:SEX"], main_form="forme:SEX", facts=FACTS, age=None,
            detail={"minor_label": "L."}, received_at=timezone.now(),
        ))  # fmt: skip
    assert request.reference


def test_the_coordination_sees_units_late_reviews_first(client_of, acting_as, brigade, cast):
    with acting_as("coordination"):
        AuthorisedUnit.objects.filter(partner=brigade).update(review_on=TODAY - dt.timedelta(days=1))
    html = client_of("coordination").get(UNITS).content.decode()
    assert "En retard depuis le" in html
    assert "Pas signé" in html


def test_the_list_costs_the_same_at_every_size(client_of, acting_as, cast, django_assert_max_num_queries):
    client, counts = client_of("coordination"), []
    client.get(UNITS)
    for size in (1, 8):
        with acting_as("coordination"):
            for number in range(size):
                _unit(f"Brigade {size}-{number}", cast)
        with django_assert_max_num_queries(25) as queries:
            assert client.get(UNITS).status_code == 200
        counts.append(len(counted(queries.captured_queries)))
    assert counts[0] == counts[1] <= 16


def _unit(name, cast):
    partner = partner_create(
        PartnerCard(
            kind="requester", code_name=name, opened_on=TODAY, requester_type_id="acteur:GN-BT", territory_id="59"
        )
    )
    partner.refresh_from_db()
    unit_list(
        partner=partner, network_contact=cast["coordination"], contact_name="Contact", contact_position="Chef",
        review_on=TODAY, by=cast["coordination"],
    )  # fmt: skip


def test_a_review_fixes_the_next_one_and_stays(client_of, acting_as, brigade):
    client = client_of("coordination")
    late = {"reviewed_on": TODAY.isoformat(), "decisions": "Liste revue.", "next_on": TODAY.isoformat()}
    assert client.post(f"{UNITS}{brigade.pk}/revue/", late).status_code == 422
    next_on = TODAY + dt.timedelta(days=365)
    assert client.post(f"{UNITS}{brigade.pk}/revue/", {**late, "next_on": next_on.isoformat()}).status_code == 302
    with acting_as("coordination"):
        assert AuthorisedUnit.objects.get(partner=brigade).review_on == next_on
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            UnitReview.objects.update(decisions="autre")


def test_a_structure_is_not_put_on_the_list(acting_as, cast):
    with acting_as("coordination"), pytest.raises(ValidationError, match="unités de police"):
        unit_list(
            partner=Partner.objects.get(code_name="Les Tilleuls"), network_contact=cast["coordination"],
            contact_name="x", contact_position="x", review_on=TODAY, by=cast["coordination"],
        )  # fmt: skip


def test_nobody_else_keeps_the_list(acting_as, cast, brigade):
    with acting_as("gendarme"):
        unit = AuthorisedUnit.objects.get(partner=brigade)
        facts = {"reviewed_on": TODAY, "next_on": TODAY + dt.timedelta(days=1), "decisions": "x"}
        with pytest.raises(ValidationError, match="coordination seule"):
            unit_review(unit=unit, by=cast["gendarme"], **facts)
    with acting_as("ase"):
        assert not AuthorisedUnit.objects.exists()


@pytest.mark.parametrize(("shift", "sent"), [(100, 0), (20, 1), (-1, 1)])
def test_the_contact_at_the_network_is_told_once(acting_as, cast, brigade, shift, sent):
    with acting_as("coordination"):
        AuthorisedUnit.objects.filter(partner=brigade).update(review_on=TODAY + dt.timedelta(days=shift))
    obligations_end()
    mail.outbox.clear()
    for _ in range(2):
        reviews_follow(TODAY)
        messages_leave(TODAY)
    assert [message.to for message in mail.outbox] == [["coordination@havre.example"]] * sent
    assert all("Brigade" not in message.body for message in mail.outbox)
    with acting_as("coordination"):
        unit = AuthorisedUnit.objects.get(partner=brigade)
        assert Obligation.objects.open().filter(kind="unit_review").count() == sent
        unit_review(
            unit=unit,
            reviewed_on=TODAY,
            decisions="Rien ne change.",
            next_on=TODAY + dt.timedelta(days=365),
            by=cast["coordination"],
        )
        assert not Obligation.objects.open().filter(kind="unit_review").exists()
