"""Signing: who may, what is kept, what is refused."""

import datetime as dt
import uuid
from copy import copy as copy_of

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from cms.documents.models import Acknowledgement
from cms.documents.signatures.selectors import adherence_list
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.selectors import (
    acknowledgement_get,
    acknowledgement_of,
    acknowledgements_missing,
    partner_to_sign_for,
)
from cms.journal.services import refusals_take
from cms.partners.models import Membership, Partner

TODAY = dt.date.today()


@pytest.fixture
def version(acting_as, publish):
    with acting_as("coordination"):
        return publish()


def test_a_signature_keeps_person_function_time_and_hashes(version, sign, cast):
    row = sign(version)
    assert (row.signed_by, row.signer_name, row.signer_position) == (cast["director_a"], "Alice Martin", "Directrice")
    assert row.version_hash == version.content_hash
    assert set(row.clause_hashes) == {"C1", "C2"}
    assert row.previous is None


def test_the_next_signature_names_the_previous_one(version, sign, acting_as, publish):
    first = sign(version)
    with acting_as("coordination"):
        second_version = publish(number="2.0", text="Autre texte.")
    assert sign(second_version).previous == first


def test_signing_twice_is_refused_in_plain_words(version, sign):
    sign(version)
    with pytest.raises(ValidationError, match="Les Tilleuls a déjà signé la version 1.0"):
        sign(version)


def test_a_withdrawn_version_is_not_signed(version, sign, acting_as, publish):
    with acting_as("coordination"):
        publish(number="2.0", text="Autre texte.")
    with pytest.raises(ValidationError, match="n’est pas celle en vigueur"):
        sign(version)


def test_a_version_to_come_is_not_signed(sign, acting_as, publish):
    with acting_as("coordination"):
        version = publish(effective_on=TODAY + dt.timedelta(days=3))
    with pytest.raises(ValidationError, match="n’est pas celle en vigueur"):
        sign(version)


@pytest.mark.parametrize(
    ("key", "partner"),
    [
        ("educator_a", "Les Tilleuls"),
        ("coordination", "Les Tilleuls"),
        ("gendarme", "Brigade 12"),
        ("director_a", "ASE du Nord"),
    ],
)
def test_only_a_person_with_the_signature_signs(version, sign, key, partner):
    refusals_take()
    with pytest.raises(ValidationError, match="signez que pour une structure"):
        sign(version, key, partner)
    assert [refusal.action for refusal in refusals_take()] == ["documents.acknowledgement.sign"]


def test_authority_ends_with_the_membership(version, sign, acting_as, cast):
    with acting_as("coordination"):
        Membership.objects.filter(user=cast["director_a"]).update(can_sign=False)
    with pytest.raises(ValidationError, match="signez que pour une structure"):
        sign(version)


def test_nobody_signs_in_the_name_of_another(version, acting_as, cast):
    with acting_as("coordination"), pytest.raises(ValidationError, match="signez que pour une structure"):
        acknowledgement_sign(
            version=version,
            partner=Partner.objects.get(code_name="Les Tilleuls"),
            signed_by=cast["director_a"],
            position="Directrice",
        )


def test_a_foreign_partner_is_refused_and_kept(acting_as, cast):
    with acting_as("coordination"):
        foreign = Partner.objects.get(code_name="Aubépine").pk
    refusals_take()
    with acting_as("director_a"), pytest.raises(ValidationError, match="signez que pour une structure"):
        partner_to_sign_for(cast["director_a"], foreign)
    assert [refusal.object_id for refusal in refusals_take()] == [foreign]


def test_a_function_is_said(version, sign):
    with pytest.raises(ValidationError, match="Indiquez votre fonction"):
        sign(version, position="  ")


def test_a_signature_may_be_dated_back_but_not_forward(acting_as, publish, sign):
    with acting_as("coordination"):
        version = publish(effective_on=dt.date(2026, 1, 1))
    with pytest.raises(ValidationError, match="futur"):
        sign(version, at=timezone.now() + dt.timedelta(hours=1))
    with pytest.raises(ValidationError, match="n’est pas celle en vigueur"):
        sign(version, at=dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC))
    assert sign(version, at=dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)).signed_at.year == 2026


def test_a_document_that_is_not_to_sign_is_not_signed(version, sign):
    version.document.signed_by = "nobody"
    with pytest.raises(ValidationError, match="ne se signe pas"):
        sign(version)


def test_structure_b_never_sees_the_signature_of_a(version, sign, acting_as):
    row = sign(version)
    refusals_take()
    with acting_as("director_b"):
        assert not Acknowledgement.objects.exists()
        with pytest.raises(Http404):
            acknowledgement_get(row.pk)
    assert [refusal.kind for refusal in refusals_take()] == ["acknowledgement"]
    with acting_as("educator_a"):
        assert acknowledgement_get(row.pk) == row


def test_the_database_refuses_a_signature_for_another_structure(version, acting_as, cast):
    with acting_as("coordination"):
        foreign = Partner.objects.get(code_name="Aubépine")
    row = Acknowledgement(
        version=version, partner=foreign, signed_by=cast["director_a"], signer_name="x", signer_position="y",
        signed_at=timezone.now(), version_hash=version.content_hash, clause_hashes={},
    )  # fmt: skip
    with acting_as("director_a"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_a_hidden_previous_signature(version, sign, acting_as, cast, publish):
    hidden = sign(version, "director_b", "Aubépine")
    with acting_as("coordination"):
        second = publish(number="2.0", text="Autre texte.")
        own = Partner.objects.get(code_name="Les Tilleuls")
    row = Acknowledgement(
        version=second, partner=own, signed_by=cast["director_a"], signer_name="x", signer_position="y",
        signed_at=timezone.now(), version_hash=second.content_hash, clause_hashes={}, previous=hidden,
    )  # fmt: skip
    with acting_as("director_a"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_keeps_one_signature_per_version(version, sign, acting_as):
    row = sign(version)
    copy = copy_of(row)
    copy.pk = uuid.uuid4()
    with acting_as("director_a"), pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_signature_is_never_changed(version, sign, acting_as):
    row = sign(version)
    with acting_as("director_a"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Acknowledgement.objects.filter(pk=row.pk).update(signer_name="Autre")


def test_missing_structures_are_those_under_convention_that_have_not_signed(version, document, sign, acting_as):
    with acting_as("coordination"):
        assert [partner.code_name for partner in acknowledgements_missing(document)] == ["Aubépine", "Les Tilleuls"]
        assert not acknowledgements_missing(document, dt.date(2024, 1, 1))
    row = sign(version)
    with acting_as("coordination"):
        assert [partner.code_name for partner in acknowledgements_missing(document)] == ["Aubépine"]
        assert acknowledgement_of(row.partner, version) == row


def test_a_minor_version_asks_for_no_new_signature_and_a_major_one_does(version, document, sign, acting_as, publish):
    sign(version)
    with acting_as("coordination"):
        minor = publish(number="1.1", text="Une virgule.", is_major=False)
        assert [partner.code_name for partner in acknowledgements_missing(document)] == ["Aubépine"]
        assert [row.is_up_to_date for row in adherence_list(minor)] == [False, True]
        publish(number="2.0", text="Autre texte.")
        assert [partner.code_name for partner in acknowledgements_missing(document)] == ["Aubépine", "Les Tilleuls"]
