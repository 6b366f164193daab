import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cases.models import CaseIdentity
from cms.vault import rotation
from cms.vault.keyring import KeyringError, keyring, keyring_rotate
from cms.vault.sealing import key_of, seal, unseal
from cms.wall import scope
from tests.cast.situations import rows as cast_rows
from tests.journal.sql import as_owner, run


@pytest.fixture(autouse=True)
def ring_path(settings, tmp_path, keyring):
    """The ring that sealed the cast's rows, in a file that the test may change."""
    path = tmp_path / "keyring.json"
    path.write_bytes(keyring.read_bytes())
    path.chmod(0o600)
    settings.HAVRE_KEYRING = path
    return path


def secrets(path) -> dict[str, str]:
    return {key["id"]: key["secret"] for key in json.loads(path.read_text())["keys"]}


def test_new_key_comes_first_and_none_is_lost(ring_path):
    old = keyring().writing_id
    before, token = secrets(ring_path), seal(b"Awa", "a.b.c")
    new = keyring_rotate(ring_path)
    after = secrets(ring_path)
    assert next(iter(after)) == new == keyring().writing_id
    assert {key: after[key] for key in before} == before
    assert stat.S_IMODE(ring_path.stat().st_mode) == 0o600
    assert unseal(token, "a.b.c") == b"Awa"
    assert (key_of(token), key_of(seal(b"Awa", "a.b.c"))) == (old, new)
    assert [path.name for path in ring_path.parent.iterdir()] == [ring_path.name]


def test_rotation_that_cannot_write_leaves_the_ring_whole(ring_path, monkeypatch):
    before = ring_path.read_bytes()

    def full(*args):
        raise OSError(28, "plus de place")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(KeyringError, match="intact"):
        keyring_rotate(ring_path)
    assert ring_path.read_bytes() == before


def test_every_sealed_column_is_found(db):
    found = {
        f"{table.model._meta.label_lower}.{field.name}" for table in rotation.sealed_tables() for field in table.fields
    }
    for name in (
        "cases.caseidentity.aliases",
        "cases.sollicitationdetail.narrative",
        "cases.incidentdetail.measures",
        "partners.partneridentity.address",
    ):
        assert name in found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND pg_get_constraintdef(oid) LIKE '%hv1:%'"
        )
        assert cursor.fetchone()[0] == len(found)


def keys_in_use() -> set[str]:
    with as_owner():
        return set(rotation.values_by_key())


def identities() -> list[tuple]:
    with as_owner():
        return sorted(CaseIdentity.objects.values_list("pk", "last_name", "first_name", "birth_date", "narrative"))


def test_reseal_moves_every_value_to_the_new_key_and_can_run_again(db, ring_path, capsys):
    cast_rows()
    before = identities()
    assert before
    call_command("keys_rotate")
    new = keyring().writing_id
    assert keys_in_use() == {"k1"}
    with as_owner():
        call_command("reseal")
        first = capsys.readouterr().out
        call_command("reseal")
        second = capsys.readouterr().out
    assert keys_in_use() == {new}
    assert identities() == before
    assert " sur " in first
    assert " sur " not in second
    with scope.acting(scope.FIGURES):
        assert run("SELECT count(*) FROM journal_line WHERE action IN ('vault.reseal', 'vault.keys.rotate')") == [(3,)]


def test_row_whose_key_is_missing_is_reported_and_left_whole(db, ring_path, capsys):
    (row,) = run_as_owner("SELECT case_id, last_name, first_name FROM cases_caseidentity ORDER BY 1 LIMIT 1")
    lost = row[1].replace("hv1:k1:", "hv1:k9:")
    run_as_owner("UPDATE cases_caseidentity SET last_name = %s WHERE case_id = %s", lost, row[0])
    keyring_rotate(ring_path)
    with as_owner(), pytest.raises(CommandError, match="1 ligne"):
        call_command("reseal")
    assert f"ligne {row[0]}, nom : la clé k9" in capsys.readouterr().err
    left = run_as_owner("SELECT last_name, first_name FROM cases_caseidentity WHERE case_id = %s", row[0])
    assert left == [(lost, row[2])]


def run_as_owner(statement, *values):
    with as_owner():
        return run(statement, *values)


def test_work_stopped_half_way_is_taken_up(db, ring_path, monkeypatch):
    cast_rows()
    monkeypatch.setattr(rotation, "BATCH", 1)
    new = keyring_rotate(ring_path)
    with as_owner():
        next(rotation.reseal())
        half = set(rotation.values_by_key())
        list(rotation.reseal())
    assert half == {"k1", new}
    assert keys_in_use() == {new}


def test_verify_counts_values_and_finds_a_moved_one(db, capsys):
    (row,) = run_as_owner("SELECT case_id, last_name FROM cases_caseidentity ORDER BY 1 LIMIT 1")
    with as_owner():
        call_command("verify", "seals")
    said = capsys.readouterr().out
    assert "clé k1 : " in said
    assert "ce que l’application voit" not in said
    run_as_owner("UPDATE cases_caseidentity SET first_name = last_name WHERE case_id = %s", row[0])
    with as_owner(), pytest.raises(SystemExit):
        call_command("verify", "seals")
    assert f"ligne {row[0]}, prénom : la valeur scellée a été modifiée ou déplacée" in capsys.readouterr().out


def test_application_says_that_it_does_not_see_every_seal(db):
    assert "ce que l’application voit" in rotation.summary()


def test_application_cannot_seal_again(db, ring_path):
    keyring_rotate(ring_path)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(rotation.reseal())
    assert keys_in_use() == {"k1"}
