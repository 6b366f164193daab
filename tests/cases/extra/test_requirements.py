"""A compulsory answer is decided by two people: one alone would send every open file to be corrected."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import timezone

from cases.extra.selectors import incomplete, requirements_to_agree, unanswered
from cases.extra.services import (
    extra_answers_write,
    extra_field_change,
    extra_field_retire,
    extra_field_return,
    extra_require_agree,
    extra_require_ask,
    extra_require_dismiss,
    extra_require_lift,
)
from cases.extra.settings import extra_dump, extra_put
from cases.models import Case, ExtraField, ExtraRequirement
from cms.values.editable import editable_get
from cms.wall import scope
from tests.cases.extra.steps import field_create, require
from tests.cases.steps import open_case
from tests.journal.sql import as_owner
from tests.portal.test_home import text_of

REASON = "Prévenir chaque tuteur"
HOME, WEEK, ADDED = "havre_around", "havre_week", "havre_extra:index"


@pytest.fixture
def field(cast) -> ExtraField:
    with scope.acting(cast["coordination"]):
        return field_create(cast["coordination"], label="Tuteur prévenu", target="case", audience="office")


@pytest.fixture
def asked(cast, field) -> ExtraRequirement:
    with scope.acting(cast["coordination"]):
        return extra_require_ask(field=field, by=cast["coordination"], reason=REASON)


def told(person) -> int:
    """How many decisions of this kind wait in the inbox of somebody, read by the owner of the tables."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM notify_obligation WHERE kind = 'extra_requirement' AND person_id = %s "
            "AND closed_at IS NULL",
            [person.pk],
        )
        return cursor.fetchone()[0]


def test_nothing_changes_until_another_person_agrees(cast, field, asked):
    with scope.acting(cast["coordination"]):
        assert asked.asked_count == unanswered(field).count() > 0
        assert not ExtraField.objects.get(pk=field.pk).is_required
        with pytest.raises(ValidationError, match="autre personne"):
            extra_require_agree(requirement=asked, by=cast["coordination"])
        before = unanswered(field).count()
        extra_answers_write(parent=unanswered(field).first(), answers={field.code: "oui"}, by=cast["coordination"])
    with scope.acting(cast["direction"]):
        row = extra_require_agree(requirement=asked, by=cast["direction"])
        assert row.agreed_count == before - 1, "counted again on the day of the agreement"
        assert set(unanswered(field)) <= set(incomplete("case"))
        assert ExtraField.objects.get(pk=field.pk).is_required


def test_whoever_asks_says_why_and_asks_once(cast, field):
    by = cast["coordination"]
    with scope.acting(by):
        with pytest.raises(ValidationError, match="Dites pourquoi"):
            extra_require_ask(field=field, by=by, reason=" ")
        extra_require_ask(field=field, by=by, reason=REASON)
        with pytest.raises(ValidationError, match="déjà demandée"):
            extra_require_ask(field=field, by=by, reason=REASON)


@pytest.mark.parametrize("key", ["coordination", "direction"])
def test_either_sets_it_aside(cast, field, asked, key):
    with scope.acting(cast[key]):
        extra_require_dismiss(requirement=asked, by=cast[key])
        assert not ExtraField.objects.get(pk=field.pk).is_required
    with scope.acting(cast["direction"]), pytest.raises(ValidationError, match="n’attend plus"):
        extra_require_agree(requirement=asked, by=cast["direction"])
    assert told(cast["direction"]) == 0


def test_one_person_makes_it_optional_and_two_make_it_compulsory_again(cast, field):
    require(cast, field)
    by = cast["coordination"]
    with scope.acting(by):
        extra_require_lift(field=field, by=by, reason="Trop tôt")
        assert not incomplete("case").filter(pk__in=unanswered(field)).exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            ExtraField.objects.filter(pk=field.pk).update(is_required=True)
    require(cast, field)


def test_what_is_retired_comes_back_optional(cast, field):
    require(cast, field)
    by = cast["coordination"]
    with scope.acting(by):
        extra_field_retire(field=field, by=by, reason="Inutile")
        assert not extra_field_return(field=field, by=by).is_required
        waiting = extra_require_ask(field=field, by=by, reason=REASON)
        extra_field_retire(field=field, by=by, reason="Inutile")
        assert not ExtraRequirement.objects.get(pk=waiting.pk).is_waiting
        with pytest.raises(ValidationError, match="retiré"):
            extra_require_ask(field=field, by=by, reason=REASON)


def test_the_question_does_not_change_between_who_asks_and_who_agrees(cast, field, asked):
    by = cast["coordination"]
    with scope.acting(by):
        for facts in ({"label": "Religion"}, {"audience": "stages"}):
            with pytest.raises(ValidationError, match="telle qu’elle est"):
                extra_field_change(field=field, by=by, **facts)
            with pytest.raises(IntegrityError), transaction.atomic():
                ExtraField.objects.filter(pk=field.pk).update(**facts)
        extra_field_change(field=field, by=by, position=3)


def test_more_services_are_not_obliged_by_one_person(cast):
    by = cast["coordination"]
    with scope.acting(by):
        field = field_create(by, audience="office")
    require(cast, field)
    with scope.acting(by):
        with pytest.raises(ValidationError, match="davantage de services"):
            extra_field_change(field=field, by=by, audience="stages")
        with pytest.raises(IntegrityError), transaction.atomic():
            ExtraField.objects.filter(pk=field.pk).update(audience="everybody")


def test_the_database_wants_the_agreement_of_two(cast, field, asked):
    """As an injected statement would write, in the session of one person of the coordination."""
    by, now = cast["coordination"], timezone.now()
    forged = {"field": field, "reason": "x", "asked_count": 0, "asked_at": now}
    agreed = {"agreed_at": now, "agreed_count": 0}
    attempts = [
        lambda: ExtraField.objects.filter(pk=field.pk).update(is_required=True),
        lambda: ExtraField.objects.create(target="case", code="forge", label="x", kind="yes_no", is_required=True),
        lambda: ExtraRequirement.objects.filter(pk=asked.pk).update(agreed_by=by, **agreed),
        lambda: ExtraRequirement.objects.filter(pk=asked.pk).update(agreed_by=cast["direction"], **agreed),
        lambda: ExtraRequirement.objects.filter(pk=asked.pk).update(asked_by=cast["direction"]),
    ]
    with scope.acting(by):
        for attempt in attempts:
            with pytest.raises(IntegrityError), transaction.atomic():
                attempt()
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            ExtraRequirement.objects.create(asked_by=by, agreed_by=cast["direction"], **forged, **agreed)
    with scope.acting(cast["direction"]):
        extra_require_agree(requirement=asked, by=cast["direction"])
        assert ExtraField.objects.filter(pk=field.pk, is_required=True).exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            ExtraField.objects.filter(pk=field.pk).update(is_required=False)


def test_only_the_coordination_and_the_direction_read_and_decide(cast, asked):
    for key in ("director_a", "gendarme", "trainer", "dpo"):
        with scope.acting(cast[key]):
            assert not ExtraRequirement.objects.exists(), key
            with pytest.raises(ValidationError, match="pas ouverte"):
                extra_require_dismiss(requirement=asked, by=cast[key])
            with connection.cursor() as cursor:
                cursor.execute("SELECT extra_unanswered_ids(%s)", [asked.field_id])
                assert cursor.fetchall() == []


def test_the_second_person_is_told_and_whoever_asked_is_not(cast, asked):
    assert told(cast["direction"]) == 1
    assert told(cast["coordination"]) == 0
    with scope.acting(cast["direction"]):
        assert requirements_to_agree(cast["direction"]) == [asked]
        extra_require_agree(requirement=asked, by=cast["direction"])
        assert requirements_to_agree(cast["direction"]) == []
    assert told(cast["direction"]) == 0


def test_a_file_of_configuration_asks_and_does_not_apply(cast, field):
    by = cast["coordination"]
    with scope.acting(by):
        content = [item | {"is_required": item["code"] == field.code} for item in extra_dump()]
        added = [content[0] | {"code": "venu_du_fichier", "label": "Venu du fichier", "is_required": True}]
        assert extra_put(content, by) == 1
        assert extra_put(added, by) == 1
        assert extra_put(content, by) == 0, "what waits is asked once"
        assert not ExtraField.objects.filter(is_required=True).exists()
        assert ExtraRequirement.objects.waiting().count() == 2
    with scope.acting(cast["direction"]):
        extra_require_agree(requirement=ExtraRequirement.objects.get(field=field), by=cast["direction"])
    with scope.acting(by):
        assert [item["code"] for item in extra_dump() if item["is_required"]] == [field.code]
        assert extra_put([item | {"is_required": False} for item in content], by) == 1
        assert not ExtraField.objects.filter(is_required=True).exists()


def test_putting_a_version_back_makes_nothing_compulsory(cast, field):
    require(cast, field)
    by = cast["coordination"]
    trail = editable_get("extra-fields").trail
    with scope.acting(by):
        compulsory = next(item for item in extra_dump() if item["code"] == field.code)
        extra_require_lift(field=field, by=by)
        trail.restore(field.code, compulsory, "Comme avant", by)
        assert not ExtraField.objects.get(pk=field.pk).is_required


def test_two_people_on_the_screens(cast, client_of, field):
    with scope.acting(cast["coordination"]):
        _, case = open_case(cast)
        count = unanswered(field).count()
    browser, other = client_of("coordination"), client_of("direction")
    page = browser.get(reverse("havre_extra:require", args=[field.pk]))
    assert f"{count} fiches deviendraient à corriger : {count} situations ouvertes" in text_of(page)
    assert reverse("cases_case:inspect", args=[case.pk]) in page.content.decode()
    assert browser.post(reverse("havre_extra:require", args=[field.pk]), {"reason": ""}).status_code == 422
    assert browser.post(reverse("havre_extra:require", args=[field.pk]), {"reason": REASON}).status_code == 302
    with scope.acting(cast["coordination"]):
        row = ExtraRequirement.objects.get(field=field)
        extra_answers_write(parent=Case.objects.get(pk=case.pk), answers={field.code: "oui"}, by=cast["coordination"])
    decide = reverse("havre_extra:requirement", args=[row.pk])
    assert "demandée, à accorder" in text_of(browser.get(reverse(ADDED)))
    for address in (reverse(WEEK), reverse(HOME), reverse(ADDED)):
        assert decide in other.get(address).content.decode(), address
    assert decide not in browser.get(reverse(WEEK)).content.decode()
    assert "Accorder" not in text_of(browser.get(decide))
    assert browser.post(decide, {"verb": "agree"}).status_code == 422
    shown = text_of(other.get(decide))
    assert REASON in shown
    assert f"À la demande : {count} situations ouvertes sans réponse" in shown
    assert f"{count - 1} situation" in shown
    assert other.post(decide, {}).status_code == 422
    answer = other.post(decide, {"verb": "agree"}, follow=True)
    assert f"À corriger dès maintenant : {count - 1} situation" in text_of(answer)
    assert "n’attend plus" in text_of(other.get(decide, follow=True))
    assert browser.post(reverse("havre_extra:lift", args=[field.pk]), {"reason": "Trop tôt"}).status_code == 302
    with scope.acting(cast["coordination"]):
        assert not ExtraField.objects.get(pk=field.pk).is_required
