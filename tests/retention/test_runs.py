"""A batch: two people, each object asked again at the last moment, what is left of it, and what comes back."""

import subprocess
import threading

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.files.services import identity_write
from cases.incidents.services.declaring import incident_attach
from cases.models import Case, CaseIdentity, CaseName, CaseSound, Incident, SollicitationDetail
from cases.requests.services.sollicitations import sollicitation_close, sollicitation_link
from cms.files.models import Attachment
from cms.files.services import attachment_add
from cms.journal.models import JournalLine
from cms.partners.models import Partner
from cms.retention import integrity
from cms.retention.models import RetentionDone, RetentionRow, RetentionRun, RuleVersion
from cms.retention.services import ledger
from cms.retention.services.runs import hold_place, row_execute, run_dismiss, run_prepare, run_sign, runs_execute
from cms.wall import scope
from tests import database
from tests.cases.steps import open_case, send
from tests.cast.files import pdf, upload
from tests.journal.sql import as_owner, run, scope as scope_hold
from tests.operations.test_backup import manage
from tests.retention.steps import AGED, erase_what_is_due, person, prepared, sign, signed_rule, time_passes
from tests.wall.test_markers import MARKERS, WORDS, dump, opened, plant

ASKED = "rights_rightsrequest proconnect_accountrequest cases_unverifiedrequest cases_voicemessage"
"""Requests that are of no file, and have their own dates."""


def rows(batch) -> list[RetentionRow]:
    with scope.acting(scope.RETENTION):
        return list(RetentionRow.objects.filter(run=batch))


def row_of(batch, row) -> RetentionRow:
    return next(found for found in rows(batch) if found.object_id == row.pk)


def refused(deed, error=DatabaseError) -> None:
    with pytest.raises(error), transaction.atomic():
        deed()


# What nobody does alone.


def test_nothing_is_erased_without_two_signatures(old_file):
    batch = prepared()
    target = row_of(batch, old_file)
    refused(lambda: row_execute(target.pk))
    with scope.acting(person("direction")):
        run_sign(run=batch, archives="obtained")
    refused(lambda: row_execute(target.pk))
    assert runs_execute() == []
    with scope.acting(person("coordination")):
        assert Case.objects.filter(reference=old_file.reference).exists()


def test_one_person_never_signs_twice(old_file):
    batch = prepared()
    with scope.acting(person("direction")):
        run_sign(run=batch, archives="obtained")
        refused(lambda: run_sign(run=batch, archives="obtained"), ValidationError)
        scope_hold(user_id=person("direction").pk, roles="{direction,dpo}")
        refused(lambda: run_sign(run=batch), ValidationError)
    with as_owner(), pytest.raises(DatabaseError, match="two_people"), transaction.atomic():
        run("UPDATE retention_run SET dpo_by_id = direction_by_id, dpo_at = now()")


def test_the_direction_says_what_the_archives_answered(old_file):
    batch = prepared()
    with scope.acting(person("direction")):
        refused(lambda: run_sign(run=batch), ValidationError)


@pytest.mark.parametrize("key", ["coordination", "tech_admin", "editor", "director_a", "gendarme"])
def test_nobody_else_signs_holds_or_proposes(old_file, key):
    batch = prepared()
    with scope.acting(person(key)):
        for sql, values in (
            ("retention_run_sign(%s, 'obtained', '')", [batch.pk]),
            ("retention_run_dismiss(%s, '')", [batch.pk]),
            ("retention_hold_place('case', %s, 'x', 'justice', '')", [old_file.pk]),
            ("retention_rule_propose('case', 1, 'x', '', false, '')", []),
            ("retention_run_prepare()", []),
            ("retention_row_execute(%s)", [row_of(batch, old_file).pk]),
        ):
            refused(lambda sql=sql, values=values: run(f"SELECT {sql}", *values))


@pytest.mark.parametrize("system", ["retention", "figures"])
def test_the_application_erases_nothing_by_itself(old_file, system):
    """Whatever actor the code names: no row, no private function, no forged run."""
    sign(prepared())
    with scope.acting(scope.SystemActor(system)):
        for sql in (
            "SELECT retention_replay('case', %s, now())",
            "SELECT * FROM retention_due('case', %s)",
            "INSERT INTO retention_done (kind, object_kind, object_id, at) VALUES ('case', 'case', %s, now())",
            "UPDATE retention_run SET dpo_at = now() WHERE id <> %s",
            "DELETE FROM cases_caseidentity WHERE case_id = %s RETURNING 1/0",
        ):
            try:
                with transaction.atomic():
                    assert run(sql, old_file.pk) == []
            except DatabaseError:
                continue
        refused(lambda: run("SELECT case_forget(%s)", old_file.pk))
    with scope.acting(person("coordination")):
        assert Case.objects.get(pk=old_file.pk).reference == old_file.reference


def test_a_rule_or_a_batch_is_never_changed_by_hand(old_file):
    signed_rule("incident", 70)
    with scope.acting(person("direction")):
        refused(lambda: run("UPDATE retention_ruleversion SET months = 1"))
        refused(lambda: run("DELETE FROM retention_ruleversion"))
        assert RuleVersion.objects.get().months == 70


# What happened since the signature.


def test_a_hold_placed_after_the_signature_keeps_the_file(old_file):
    batch = prepared()
    sign(batch)
    with scope.acting(person("dpo")):
        hold_place(reference=old_file.reference, reason="request")
    assert runs_execute() == []
    assert row_of(batch, old_file).outcome == "held"
    with scope.acting(person("coordination")):
        assert Case.objects.get(pk=old_file.pk).reference == old_file.reference


def test_activity_after_the_signature_keeps_the_file(old_file, cast):
    batch = prepared()
    sign(batch)
    with scope.acting(cast["coordination"]):
        sollicitation_link(sollicitation=send(cast["coordination"]), by=cast["coordination"], case=old_file)
    assert runs_execute() == []
    assert row_of(batch, old_file).outcome == "postponed"


def test_a_dismissed_batch_erases_nothing_and_another_is_prepared(old_file):
    batch = prepared()
    assert run_prepare() is None
    with scope.acting(person("dpo")):
        run_dismiss(run=batch)
    with scope.acting(person("direction")):
        refused(lambda: run_sign(run=batch, archives="obtained"), ValidationError)
    assert prepared() != batch


def test_an_interrupted_execution_goes_on_where_it_stopped(old_file):
    batch = prepared()
    sign(batch)
    first, *others = [row.pk for row in rows(batch)]
    row_execute(first)
    with scope.acting(scope.RETENTION):
        assert RetentionRun.objects.get().finished_at is None
    assert runs_execute() == []
    assert {row.outcome for row in rows(batch)} <= {"done", "gone"}
    count = JournalLine.objects.filter(action="retention.object.forget", object_id=rows(batch)[0].object_id).count()
    assert count <= 1
    with scope.acting(scope.RETENTION):
        assert RetentionRun.objects.get().finished_at


def test_attachments_lose_their_keys_with_the_file(old_file):
    by = person("coordination")
    with scope.acting(by):
        asked = Case.objects.get(pk=old_file.pk).sollicitations.get()
        for kind, row in (("case", old_file), ("sollicitation", asked)):
            attachment_add(kind=kind, object_id=row.pk, file=upload("a.pdf", pdf()), title="Jugement", by=by)
    erase_what_is_due()
    with scope.acting(by):
        assert not Attachment.objects.filter(object_id__in=[old_file.pk, asked.pk]).exists()


def test_an_erased_file_still_opens_for_the_coordination(client_of, old_file):
    erase_what_is_due()
    page = client_of("coordination").get(reverse("cases_case:inspect", args=[old_file.pk]))
    assert page.status_code == 200
    assert "Rendu anonyme le" in page.content.decode()
    with scope.acting(person("coordination")):
        sollicitation = Case.objects.get(pk=old_file.pk).sollicitations.get()
    assert (
        client_of("coordination").get(reverse("cases_sollicitation:inspect", args=[sollicitation.pk])).status_code
        == 200
    )
    assert client_of("gendarme").get(reverse("cases:request", args=[sollicitation.pk])).status_code == 200


def test_a_freeze_holds_for_everybody_else(old_file, world):
    with pytest.raises(DatabaseError), transaction.atomic():
        run("UPDATE cases_proposal SET sheet = '{}'::jsonb WHERE sheet <> '{}'::jsonb")


# What is left, and what comes back.


@pytest.fixture
def planted(committed):
    with transaction.atomic():
        case = plant()
        coordination = person("coordination")
        with scope.acting(coordination):
            asked = case.sollicitations.get()
            sollicitation_close(
                sollicitation=asked,
                by=coordination,
                outcome_id="decision:SANS-SUITE",
            )
            named = Partner.objects.get(code_name="Les Tilleuls")
            incident_attach(incident=Incident.objects.get(is_from_outside=True), partner=named, by=coordination)
            run("UPDATE cases_incident SET state = 'closed', closed_at = clock_timestamp()")
    # Once what waits for the end of the transaction was checked, on the days when it happened.
    with transaction.atomic():
        time_passes(7 * 365, tables=f"{AGED} {ASKED} partners_convention access_reveal")
    return committed, case


def test_nothing_sealed_remains_of_what_was_erased_and_a_restored_backup_forgets_it_again(planted, settings, tmp_path):
    name, case = planted
    settings.HAVRE_FORGOTTEN = str(tmp_path / "effaces.txt")
    with scope.acting(person("coordination")):
        digests = list(CaseName.objects.filter(case=case).values_list("digest", flat=True))
        digests += CaseSound.objects.filter(case=case).values_list("digest", flat=True)
        key = Case.objects.get(pk=case.pk).person_key
    assert digests
    backup = f"{name}_before"
    connection.close()
    database.run_sql(f"CREATE DATABASE {backup} TEMPLATE {name}")
    try:
        with transaction.atomic():
            erase_what_is_due()
        gone(name, case, key, digests)
        held = opened(backup)
        assert any(WORDS["last_name"] in text for text in held.values())
        lines = (tmp_path / "effaces.txt").read_text().splitlines()
        with scope.acting(scope.RETENTION):
            assert len(lines) == RetentionDone.objects.count()
            assert integrity.check() == []
        done = replayed(backup, tmp_path)
        assert done.returncode == 0, done.stderr
        assert "Effacés de nouveau" in done.stdout
        gone(backup, case, key, digests)
        assert "Rien n’est revenu" in replayed(backup, tmp_path).stdout
    finally:
        database.run_sql(f"DROP DATABASE {backup} WITH (FORCE)")


def gone(name: str, case: Case, key, digests: list[str]) -> None:
    # A structure is still there, a review speaks of the network, a draft has its own hours, a lifted stop of a reader.
    stays = ["real_name", "address", "mail_address", "review_remarks", "draft_words", "reopened_words"]
    words = [word for field, word in WORDS.items() if field not in stays]
    held = "\n".join(opened(name).values())
    assert [word for word in words if word in held] == []
    # The journal keeps the reference for its own months, shorter than any rule about a file.
    tables = dump(name).decode().split("\nCOPY public.")
    content = "\n".join(table for table in tables if not table.startswith("journal_line"))
    clear = [case.reference, str(key), *digests, *MARKERS]
    told = [(text, table.split(" ")[0]) for text in clear for table in content.split("\nCOPY ") if text in table]
    assert told == []


def replayed(name: str, folder) -> subprocess.CompletedProcess:
    return manage(name, folder, "retention_replay", HAVRE_FORGOTTEN=str(folder / "effaces.txt"))


def test_verify_tells_what_came_back_and_what_nobody_signed(old_file, settings, tmp_path):
    settings.HAVRE_FORGOTTEN = str(tmp_path / "effaces.txt")
    erase_what_is_due()
    with scope.acting(scope.FIGURES):
        assert integrity.check() == []
    with as_owner(triggers=False):
        run("DELETE FROM retention_done WHERE object_id = %s", old_file.pk)
        run("UPDATE retention_run SET dpo_by_id = NULL, dpo_at = NULL, finished_at = NULL")
    with scope.acting(scope.FIGURES):
        problems = integrity.check()
    assert any("sont revenus" in problem for problem in problems)
    assert any("sans l’accord de deux personnes" in problem for problem in problems)
    (tmp_path / "effaces.txt").write_text("n’importe quoi\n")
    with pytest.raises(ledger.LedgerError, match="ligne 1"):
        ledger.ledger_read()


def test_a_hold_waits_for_the_execution_under_way(committed):
    """The two take the same lock: the hold is refused once the object is gone, and never placed on half of it."""
    name = committed
    with transaction.atomic():
        coordination = person("coordination")
        with scope.acting(coordination):
            sollicitation, case = open_case({"coordination": coordination})
            identity_write(case=case, by=coordination, last_name="Zqnom")
            sollicitation_close(sollicitation=sollicitation, by=coordination, outcome_id="decision:SANS-SUITE")
        time_passes(3 * 365)
        batch = prepared()
        sign(batch)
    target, outcome = row_of(batch, case), []

    def hold() -> None:
        with psycopg.connect(database.owner_url(name)) as other:
            other.execute("SET ROLE havre_app")
            other.execute("SELECT scope_enter_person(%s)", [person_id])
            try:
                other.execute("SELECT retention_hold_place('case', %s, 'x', 'justice', '')", [case.pk])
                outcome.append("placed")
            except psycopg.errors.CheckViolation:
                outcome.append("refused")

    person_id = person("dpo").pk
    with transaction.atomic():
        row_execute(target.pk)
        thread = threading.Thread(target=hold)
        thread.start()
        thread.join(1)
        assert outcome == []
    thread.join(30)
    assert outcome == ["refused"]
    with transaction.atomic(), scope.acting(person("coordination")):
        assert not CaseIdentity.objects.filter(pk=case.pk).exists()
        assert not SollicitationDetail.objects.filter(pk=sollicitation.pk).exists()
    connection.close()
