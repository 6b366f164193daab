import json
import stat

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory

from cases.models import CaseIdentity
from cms.proconnect.services.logout import id_token_take
from cms.users.adapter import ADDRESS_COLUMN, reset_queue
from cms.users.models import User
from cms.vault import rotation
from cms.vault.keyring import KeyringError, keyring, keyring_rotate
from cms.vault.places import tables
from cms.vault.sealing import key_of, seal, unseal
from cms.wall import scope
from tests.cast.people import PASSWORD
from tests.cast.session import code_of
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
    found = {column.purpose for table in tables() for column in table.columns if column.purpose}
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


def test_a_seal_that_no_rotation_could_open_is_refused():
    with pytest.raises(ValueError, match="purpose_register"):
        seal(b"Awa", "nobody.declared.this")


TOMORROW = """
    CREATE TABLE "table of tomorrow" (one integer, two text, words varchar(400), cut varchar(90), body jsonb,
      tags text[], bytes bytea, PRIMARY KEY (one, two));
    CREATE TABLE keyless (words text)
"""


def test_a_table_added_tomorrow_is_found(db, ring_path):
    """Text, JSON, arrays and bytes, whatever the key of the table; a text that quotes the prefix stays as it is."""
    token = seal(b"Awa", "mfa.authenticator.data")
    quote = "Un sceau s\u2019écrit hv1:k1:… et rien d\u2019autre : 100 %"
    body = json.dumps({"é": [token, {"x": token}]})
    row = [
        1,
        "a",
        f"avant {token} après",
        quote,
        body,
        [token, quote],
        token.encode(),
    ]
    run_as_owner(TOMORROW)
    run_as_owner('INSERT INTO "table of tomorrow" VALUES (%s, %s, %s, %s, %s, %s, %s)', *row)
    run_as_owner("INSERT INTO keyless VALUES (%s), (%s)", token, quote)
    new = keyring_rotate(ring_path)
    with as_owner():
        assert [sentence for progress in rotation.reseal() for sentence in progress.refused] == []
    key_dropped(ring_path, "k1")
    assert keys_in_use() == {new}
    with as_owner():
        assert rotation.check() == []
    ((_, _, words, cut, body, tags, data),) = run_as_owner('SELECT * FROM "table of tomorrow"')
    alone = run_as_owner("SELECT words FROM keyless WHERE words LIKE 'hv1:%%'")[0]
    assert run_as_owner("SELECT 1 FROM keyless WHERE words = %s", quote) == [(1,)]
    held = json.loads(body)
    assert (cut, tags[1]) == (quote, quote)
    again = [words[6:-6], held["é"][0], held["é"][1]["x"], tags[0], bytes(data).decode(), alone[0]]
    assert {unseal(each, "mfa.authenticator.data") for each in again} == {b"Awa"}


def test_a_guard_that_knows_nothing_of_keys_leaves_its_row_alone(db, ring_path, capsys):
    """And says it: the key may not leave the ring, the rest of the database is sealed again."""
    cast_rows()
    run_as_owner("CREATE TABLE aaa_frozen (id integer PRIMARY KEY, words text)")
    run_as_owner("INSERT INTO aaa_frozen VALUES (7, %s)", seal(b"Awa", "mfa.authenticator.data"))
    run_as_owner("ALTER TABLE aaa_frozen ADD CHECK (words LIKE 'hv1:k1:%%') NOT VALID")
    new = keyring_rotate(ring_path)
    with as_owner(), pytest.raises(CommandError, match="Gardez l’ancienne clé"):
        call_command("reseal")
    assert (
        "aaa_frozen, ligne 7, words : la base refuse ce changement (aaa_frozen_words_check)" in capsys.readouterr().err
    )
    with as_owner():
        assert rotation.values_by_key()["k1"] == 1
        assert rotation.values_by_key()[new] > 1


def test_each_guard_of_rows_that_do_not_change_lets_a_new_sealing_through(db):
    """A guard that stops the owner before an update (`tgtype`) stops `reseal` too; some stop the application alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
               JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_constraint k ON k.conrelid = c.oid
               WHERE pg_get_constraintdef(k.oid) LIKE '%hv1:%' AND NOT t.tgisinternal AND t.tgtype & 18 = 18
                 AND p.prosrc LIKE '%RAISE EXCEPTION%'
                 AND pg_get_triggerdef(t.oid) || p.prosrc !~* 'vault_reseals|acts_as_owner'"""
        )
        assert cursor.fetchall() == []


def test_a_seal_whose_use_nobody_knows_is_reported(db, ring_path):
    run_as_owner("CREATE TABLE stray (id integer PRIMARY KEY, words text)")
    run_as_owner("INSERT INTO stray VALUES (1, %s)", "hv1:k1:" + "A" * 40)
    with as_owner():
        assert [sentence for sentence in rotation.check() if sentence.startswith("stray, ligne 1, words")]


def key_dropped(path, key):
    content = json.loads(path.read_text())
    content["keys"] = [each for each in content["keys"] if each["id"] != key]
    path.write_text(json.dumps(content))


@pytest.fixture
def real_network(settings):
    """Where a second factor is asked for."""
    settings.HAVRE_FICTITIOUS = False
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def test_who_signs_in_with_an_application_still_does_without_the_old_key(db, ring_path, real_network):
    """The factors are allauth's table, which no model of ours tells of: dropping the key locked everybody out."""
    with as_owner():
        user = User.objects.get(email="dpo@havre.example")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).generate_codes()
    reset_queue("dpo@havre.example")
    keyring_rotate(ring_path)
    with as_owner():
        call_command("reseal")
    key_dropped(ring_path, "k1")
    with as_owner():
        call_command("verify", "seals")
    for code in (code_of(secret), codes[0]):
        client = Client()
        client.post("/compte/login/", {"login": "dpo@havre.example", "password": PASSWORD})
        assert "_auth_user_id" not in client.session
        client.post("/compte/2fa/authenticate/", {"code": code})
        assert client.session["_auth_user_id"] == str(user.pk)
    ((job,),) = run_as_owner("SELECT args->>'address' FROM procrastinate_jobs WHERE args ? 'address'")
    assert unseal(job, ADDRESS_COLUMN) == b"dpo@havre.example"


def test_what_a_session_holds_under_a_dropped_key_is_asked_again(db, ring_path, real_network):
    """A session is packed: nothing of it is sealed again, and nothing of it may be an error."""
    client = Client()
    client.post("/compte/login/", {"login": "gendarme@havre.example", "password": PASSWORD})
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    assert client.get("/compte/2fa/totp/activate/").status_code == 200
    session = client.session
    session["proconnect_id_token"] = seal(b"jeton", "proconnect.session.id_token")
    session.save()
    keyring_rotate(ring_path)
    key_dropped(ring_path, "k1")
    assert client.post("/compte/2fa/totp/activate/", {"code": "123456"}).status_code == 200
    request = RequestFactory().get("/")
    request.session = client.session
    assert id_token_take(request) == ""


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
    monkeypatch.setattr("cms.vault.places.BATCH", 1)
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
