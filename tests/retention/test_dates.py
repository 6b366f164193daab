"""When an object leaves, who reads its date, and what moves it."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Sollicitation
from cms.retention.admin.blocks import kept_because, kept_until
from cms.retention.models import LegalHold, RetentionKind, RetentionRow, RuleVersion
from cms.retention.selectors import due_until, retention_of, rules_in_force, simulate, today
from cms.retention.services.runs import (
    coordination_warn,
    hold_lift,
    hold_place,
    rule_dismiss,
    rule_propose,
    rule_sign,
    run_prepare,
)
from cms.wall import scope
from tests.cases.steps import send
from tests.dashboards.world import at
from tests.retention.steps import person, prepared, signed_rule, time_passes

DAY = dt.date(2025, 3, 10)


def kept(row, kind="case"):
    [found] = retention_of(kind, row.pk)
    return found


def test_a_followed_file_is_kept_two_years_after_its_last_event(world):
    case = world.case()
    asked = world.sollicitation(at(DAY), case=case, state="closed", closed_at=at(DAY), outcome_id="decision:RESEAU")
    world.orientation(asked, at(dt.date(2025, 4, 2)))
    assert (kept(case).starts_on, kept(case).due_on) == (dt.date(2025, 4, 2), dt.date(2027, 4, 2))
    assert kept_until(kept(case)) == "Conservé jusqu’au 02/04/2027, puis rendu anonyme."
    assert "Base légale à vérifier : CNIL" in kept_because(kept(case))


def test_a_file_without_follow_up_is_kept_one_year(world):
    case = world.case()
    world.sollicitation(at(DAY), case=case, state="closed", closed_at=at(DAY), outcome_id="decision:SANS-SUITE")
    assert kept(case).due_on == dt.date(2026, 3, 10)


def test_activity_postpones_and_what_is_open_has_no_date(world):
    case = world.case()
    closed = {"state": "closed", "outcome_id": "decision:SANS-SUITE"}
    world.sollicitation(at(DAY), case=case, closed_at=at(DAY), **closed)
    world.sollicitation(at(dt.date(2026, 6, 1)), case=case, closed_at=at(dt.date(2026, 6, 2)), **closed)
    assert kept(case).due_on == dt.date(2027, 6, 2)
    again = world.sollicitation(at(dt.date(2026, 7, 1)), case=case)
    assert kept(case).due_on is None
    assert kept_until(kept(case)).startswith("Pas de date")
    Sollicitation.objects.filter(pk=again.pk).update(closed_at=at(dt.date(2026, 7, 3)), **closed)
    assert kept(case).due_on == dt.date(2027, 7, 3)


def test_two_files_of_one_person_leave_together(world):
    known = world.case()
    double = world.case(person_key=known.person_key)
    closed = {"state": "closed", "outcome_id": "decision:SANS-SUITE"}
    world.sollicitation(at(DAY), case=known, closed_at=at(DAY), **closed)
    world.sollicitation(at(dt.date(2026, 6, 1)), case=double, closed_at=at(dt.date(2026, 6, 1)), **closed)
    assert kept(known).due_on == kept(double).due_on == dt.date(2027, 6, 1)


@pytest.mark.parametrize(("key", "count"), [("gendarme", 1), ("ase", 0), ("director_a", 0), ("trainee", 0)])
def test_the_requester_reads_the_date_of_its_own_request(cast, key, count):
    with scope.acting(cast["gendarme"]):
        sollicitation = send(cast["gendarme"])
    with scope.acting(cast[key]):
        assert len(retention_of("sollicitation", sollicitation.pk)) == count
        assert due_until(dt.date(2100, 1, 1)) == []


def test_the_page_of_a_request_and_of_a_file_say_until_when_and_why(client_of, old_file):
    with scope.acting(person("coordination")):
        sollicitation = old_file.sollicitations.get()
    page = client_of("gendarme").get(reverse("cases:request", args=[sollicitation.pk])).content.decode()
    assert "est conservée" in page
    assert "Conservé jusqu’au" in page
    assert "Base légale à vérifier" in page
    page = client_of("coordination").get(reverse("cases_case:inspect", args=[old_file.pk])).content.decode()
    assert "Jusqu’à quand ce dossier est conservé" in page


def test_a_rule_is_in_force_once_the_other_has_signed(cast):
    with scope.acting(cast["dpo"]):
        incident = RetentionKind.objects.get(pk="incident")
        rule_propose(kind=incident, months=72, reason="Six ans.", basis="Texte relu", is_basis_verified=True)
        assert rules_in_force()["incident"].months == 60
        with pytest.raises(ValidationError, match="déjà donné"):
            rule_sign(rule=RuleVersion.objects.get())
        with pytest.raises(ValidationError, match="attend déjà une signature"):
            rule_propose(kind=incident, months=12, reason="Autre.")
    with scope.acting(cast["direction"]):
        rule_sign(rule=RuleVersion.objects.get())
        found = rules_in_force()["incident"]
        assert (found.months, found.is_basis_verified) == (72, True)
        rule_propose(kind=incident, months=12, reason="Un an.")
        rule_dismiss(rule=RuleVersion.objects.get(in_force_at=None))
        assert rules_in_force()["incident"].months == 72


def test_a_simulation_counts_what_would_leave(world, cast):
    for day in (DAY, dt.date(2026, 1, 20), dt.date(2026, 11, 1)):
        world.sollicitation(at(day), state="closed", closed_at=at(day), outcome_id="decision:SANS-SUITE")
    kind = RetentionKind.objects.get(pk="sollicitation")
    days = (today() - DAY).days
    assert simulate(kind, 1200).now == 0
    assert simulate(kind, 12).now == (1 if days > 366 else 0)
    assert simulate(kind, 1).later == 3
    assert rules_in_force()["sollicitation"].months == 12


def test_a_hold_keeps_everything_of_a_file_until_it_is_lifted(old_file):
    with scope.acting(person("dpo")):
        hold_place(reference=old_file.reference, reason="justice")
        assert kept(old_file).is_held
        with pytest.raises(ValidationError, match="ne porte cette référence"):
            hold_place(reference="M-1999-0001", reason="justice")
    run_prepare()
    with scope.acting(scope.RETENTION):
        assert not RetentionRow.objects.filter(object_id=old_file.pk).exists()
    with scope.acting(person("direction")):
        hold_lift(hold=LegalHold.objects.get())
        assert not kept(old_file).is_held


def test_the_coordination_is_told_once_at_ninety_days_then_at_thirty(world):
    day = today() - dt.timedelta(days=365 - 80)
    world.sollicitation(at(day), state="closed", closed_at=at(day), outcome_id="decision:SANS-SUITE")
    assert coordination_warn() == 1
    assert coordination_warn() == 0
    [message] = mail.outbox
    assert message.to == ["coordination@havre.example"]
    assert "S-" not in message.body
    time_passes(60)
    assert coordination_warn() == 1
    assert "30 jours" in mail.outbox[1].body


def test_the_rule_page_shows_the_effect_before_it_proposes(client_of, old_file):
    browser = client_of("dpo")
    url = reverse("havre_retention:rule", args=["case_unfollowed"])
    values = {"months": 48, "reason": "Quatre ans.", "basis": ""}
    refused = browser.post(url, values | {"propose": "1"})
    assert refused.status_code == 200
    assert "Avec cette règle" in refused.content.decode()
    assert browser.post(url, values | {"months": 0}).status_code == 422
    assert browser.post(url, values | {"simulated": 48, "propose": "1"}).status_code == 302
    with scope.acting(person("direction")):
        proposed = RuleVersion.objects.get()
    signer = client_of("direction")
    sign = reverse("havre_retention:rule_sign", args=[proposed.pk])
    assert "48" in signer.get(sign).content.decode() or "4 ans" in signer.get(sign).content.decode()
    assert browser.post(sign).status_code == 422
    assert signer.post(sign).status_code == 302
    with scope.acting(person("direction")):
        assert rules_in_force()["case_unfollowed"].months == 48


def test_a_batch_is_signed_on_the_screens(client_of, old_file):
    batch = prepared()
    url = reverse("havre_retention:run_sign", args=[batch.pk])
    direction, dpo = client_of("direction"), client_of("dpo")
    assert old_file.reference in dpo.get(reverse("havre_retention:run", args=[batch.pk])).content.decode()
    assert direction.post(url, {}).status_code == 422
    assert direction.post(url, {"archives": "not_needed"}).status_code == 302
    assert dpo.post(url).status_code == 302
    page = dpo.get(reverse("havre_retention:index")).content.decode()
    assert "effacé la nuit prochaine" in page
    assert client_of("coordination").get(url).status_code == 404


def test_a_signed_rule_shorter_moves_the_date(old_file):
    signed_rule("case_unfollowed", 60)
    with scope.acting(person("coordination")):
        assert kept(Case.objects.get(pk=old_file.pk)).due_on > timezone.localdate()
