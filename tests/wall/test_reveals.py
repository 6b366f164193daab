"""Opening an identity or an address: who may, for how long, and what it leaves."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import CaseIdentity
from cases.stays.services import placement_end
from cms.partners.book.services import partner_identity_write
from cms.partners.models import Partner, PartnerIdentity
from cms.users.roles import Role
from cms.values.services import setting_change
from cms.wall import scope
from cms.wall.models import Alert, Grant, Reveal, RevealReason, SealedPart
from cms.wall.reveals.services import SEALED_OF, reveal_live, reveal_open, sealed_row_open
from tests.cast.people import PEOPLE, role_hold
from tests.cast.situations import rows as cast_rows

WORDS = "Fugue déclarée cette nuit, la brigade attend un appel."


@pytest.fixture
def rows(cast):
    return cast_rows()


def opened(cast, key, kind, object_id, **more):
    return reveal_open(kind=kind, object_id=object_id, by=cast[key], reason=RevealReason.DANGER, **more)


def read(kind, object_id):
    if kind == "case":
        return CaseIdentity.objects.filter(pk=object_id).exists()
    return PartnerIdentity.objects.filter(pk=object_id).exists()


IDENTITIES = {
    "coordination": {"case_a", "case_b"},
    "direction": {"case_a", "case_b"},
    "director_a": {"case_a"},
    "educator_a": {"case_a"},
    "director_b": {"case_b"},
}
ADDRESSES = {
    "coordination": {"placement_a", "placement_b"},
    "direction": {"placement_a", "placement_b"},
    "director_a": {"placement_a"},
    "educator_a": {"placement_a"},
    "director_b": {"placement_b"},
    "ase": {"placement_a", "placement_b"},
}
"""Who may open the address of the structure of which stay: the ASE to which both minors are entrusted does, whoever
asked; the gendarmerie never knows where the minor is.
"""


@pytest.mark.parametrize("key", PEOPLE)
def test_nobody_reads_an_identity_or_an_address_without_opening_it(acting_as, key):
    with acting_as(key):
        assert not CaseIdentity.objects.exists()
        assert not PartnerIdentity.objects.exists()


@pytest.mark.parametrize("key", PEOPLE)
def test_who_may_open_which_identity(cast, acting_as, rows, key):
    with acting_as(key):
        for name in ("case_a", "case_b"):
            _opens_or_not(cast, key, "case", rows[name].pk, name in IDENTITIES.get(key, set()))


@pytest.mark.parametrize("key", PEOPLE)
def test_who_may_open_which_address(cast, acting_as, rows, key):
    with acting_as(key):
        for name in ("placement_a", "placement_b"):
            _opens_or_not(cast, key, "partner", rows[name].partner_id, name in ADDRESSES.get(key, set()))


def _opens_or_not(cast, key, kind, object_id, may):
    if may:
        opened(cast, key, kind, object_id)
    else:
        with pytest.raises(ValidationError), transaction.atomic():
            opened(cast, key, kind, object_id)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged(cast[key], kind, object_id).save(force_insert=True)
    assert read(kind, object_id) is may


def forged(user, kind, object_id, **changes):
    now = timezone.now()
    values = {
        "object_kind": kind,
        "object_id": object_id,
        "what": SEALED_OF[kind],
        "user": user,
        "reason": RevealReason.DANGER,
        "starts_at": now,
        "ends_at": now + dt.timedelta(minutes=10),
    }
    return Reveal(**values | changes)


def test_a_reveal_is_for_its_author_and_its_row_alone(cast, acting_as, rows):
    with acting_as("educator_a"):
        opened(cast, "educator_a", "case", rows["case_a"].pk, words=WORDS)
    with acting_as("director_a"):
        assert not CaseIdentity.objects.exists()
        assert not Reveal.objects.exists()
    with acting_as("coordination"):
        assert not CaseIdentity.objects.exists()
        assert Reveal.objects.get().words == WORDS
        opened(cast, "coordination", "case", rows["case_a"].pk)
        assert {identity.pk for identity in CaseIdentity.objects.all()} == {rows["case_a"].pk}


def test_a_reveal_ends_by_itself(cast, acting_as, rows):
    before = timezone.now() - dt.timedelta(minutes=20)
    with acting_as("coordination"):
        case = rows["case_a"]
        forged(
            cast["coordination"], "case", case.pk, starts_at=before, ends_at=before + dt.timedelta(minutes=15)
        ).save(force_insert=True)
        assert not read("case", case.pk)
        assert reveal_live(kind="case", object_id=case.pk) is None


def test_a_reveal_to_come_or_too_long_is_refused(cast, acting_as, rows):
    now, case = timezone.now(), rows["case_a"]
    with acting_as("coordination"):
        later = now + dt.timedelta(hours=1)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged(
                cast["coordination"], "case", case.pk, starts_at=later, ends_at=later + dt.timedelta(minutes=5)
            ).save(force_insert=True)
        with pytest.raises(IntegrityError, match="reveal_is_short"), transaction.atomic():
            forged(cast["coordination"], "case", case.pk, ends_at=now + dt.timedelta(hours=2)).save(force_insert=True)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged(cast["direction"], "case", case.pk).save(force_insert=True)


def test_the_delay_is_a_setting_and_never_beyond_an_hour(cast, acting_as, rows):
    with acting_as("direction"):
        for minutes, expected in ((15, 15), (5, 5), (600, 60)):
            setting_change(key="access.reveal_minutes", value=minutes, changed_by_id=cast["direction"].pk)
            reveal = opened(cast, "direction", "case", rows["case_a"].pk)
            assert reveal.ends_at - reveal.starts_at == dt.timedelta(minutes=expected)


def test_a_right_that_ends_ends_the_reveal(cast, acting_as, rows):
    with acting_as("director_a"):
        opened(cast, "director_a", "case", rows["case_a"].pk)
        assert read("case", rows["case_a"].pk)
    with acting_as("coordination"):
        Grant.objects.filter(object_id=rows["case_a"].pk).update(ends_at=timezone.now())
    with acting_as("director_a"):
        assert not read("case", rows["case_a"].pk)


def test_a_reveal_is_never_changed_nor_removed(cast, acting_as, rows):
    with acting_as("direction"):
        reveal = opened(cast, "direction", "case", rows["case_a"].pk)
        for forbidden in (
            lambda: Reveal.objects.filter(pk=reveal.pk).update(reason=RevealReason.CONTROL),
            lambda: Reveal.objects.filter(pk=reveal.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                forbidden()


def test_an_opening_is_told_to_the_journal_without_its_words(cast, acting_as, rows):
    with acting_as("educator_a"):
        opened(cast, "educator_a", "case", rows["case_a"].pk, words=WORDS)
    with acting_as("dpo"), connection.cursor() as cursor:
        cursor.execute("SELECT reason, details::text FROM journal_line WHERE action = 'access.reveal.open'")
        [(reason, details)] = cursor.fetchall()
    assert reason == RevealReason.DANGER
    assert "Fugue" not in details


def test_the_words_of_an_opening_are_sealed(cast, acting_as, rows):
    with acting_as("coordination"), connection.cursor() as cursor:
        opened(cast, "coordination", "case", rows["case_a"].pk, words=WORDS)
        cursor.execute("SELECT words FROM access_reveal")
        assert cursor.fetchone()[0].startswith("hv1:")


def test_who_breaks_the_glass_says_why_and_alerts(cast, acting_as, rows):
    case = rows["case_a"]
    more = {"is_break_glass": True, "words": WORDS, "reference": case.reference}
    with acting_as("dpo"):
        with pytest.raises(ValidationError, match="en une phrase"):
            opened(cast, "dpo", "case", case.pk, necessity="oui", **more)
        assert not CaseIdentity.objects.exists()
        opened(cast, "dpo", "case", case.pk, necessity="Le journal seul ne dit pas qui est ce mineur.", **more)
        assert {row.pk for row in CaseIdentity.objects.all()} == {case.pk}
        assert Alert.objects.get().object_id == case.pk
    with acting_as("direction"):
        assert Alert.objects.get().reference == case.reference
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM journal_line WHERE action = 'access.reveal.break_glass'")
            assert cursor.fetchone() == (1,)
    for key in ("coordination", "tech_admin", "director_a"):
        with acting_as(key):
            assert not Alert.objects.exists()


@pytest.mark.parametrize("key", [key for key in PEOPLE if key != "dpo"])
def test_nobody_else_breaks_the_glass(cast, acting_as, rows, key):
    with acting_as(key):
        with pytest.raises(ValidationError), transaction.atomic():
            opened(cast, key, "case", rows["case_a"].pk, is_break_glass=True, words=WORDS, necessity=WORDS)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Alert(object_kind="case", object_id=rows["case_a"].pk, reference="M", raised_by=cast[key]).save(
                force_insert=True
            )


def test_the_technical_administrator_never(cast, acting_as, rows):
    for role in (Role.COORDINATION, Role.DPO):
        role_hold(cast["tech_admin"], role)
    with acting_as("tech_admin"):
        for more in ({}, {"is_break_glass": True, "words": WORDS, "necessity": WORDS}):
            with pytest.raises(ValidationError), transaction.atomic():
                opened(cast, "tech_admin", "case", rows["case_a"].pk, **more)


def test_system_actors_read_no_identity(cast, rows):
    for name in ("figures", "retention", "escalation", "reference"):
        with scope.acting(scope.SystemActor(name)):
            assert not CaseIdentity.objects.exists()
            assert not PartnerIdentity.objects.exists()


def test_a_service_reaches_the_row_that_it_writes_and_no_other(cast, acting_as, rows):
    case = rows["case_a"]
    with acting_as("coordination"):
        with sealed_row_open("case", case.pk):
            assert {row.pk for row in CaseIdentity.objects.all()} == {case.pk}
            assert not PartnerIdentity.objects.exists()
            with acting_as("direction"):
                assert not CaseIdentity.objects.exists()
        assert not CaseIdentity.objects.exists()
    with acting_as("director_a"), sealed_row_open("case", case.pk):
        assert not CaseIdentity.objects.exists()


def test_the_address_is_written_without_being_opened(cast, acting_as):
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Les Tilleuls")
        partner_identity_write(partner=partner, address="MARQUEUR-NOUVELLE")
        assert not PartnerIdentity.objects.exists()
        opened(cast, "coordination", "partner", partner.pk)
        identity = PartnerIdentity.objects.get()
        assert (identity.address, bool(identity.real_name)) == ("MARQUEUR-NOUVELLE", True)


def test_an_address_closes_with_the_stay(cast, acting_as, rows):
    stay = rows["placement_b"]
    with acting_as("ase"):
        opened(cast, "ase", "partner", stay.partner_id)
        assert read("partner", stay.partner_id)
    with acting_as("coordination"):
        placement_end(
            placement=stay, ended_on=timezone.localdate(), reason_id="motif_fin:PREVUE", by=cast["coordination"]
        )
    with acting_as("ase"):
        assert not read("partner", stay.partner_id)
        with pytest.raises(ValidationError):
            opened(cast, "ase", "partner", stay.partner_id)


def test_each_kind_opens_one_thing():
    assert set(SEALED_OF.values()) == set(SealedPart)
