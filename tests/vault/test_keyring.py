import base64
import json
import stat

import pytest

from cms.vault.keyring import KeyringError, keyring, keyring_create, keyring_load
from cms.vault.sealing import SealError, seal, unseal

SECRET = base64.b64encode(bytes(range(32))).decode()


def write(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_created_ring_is_readable_by_its_owner_alone_and_never_overwritten(ring_path):
    before = ring_path.read_bytes()
    assert stat.S_IMODE(ring_path.stat().st_mode) == 0o600
    with pytest.raises(KeyringError, match="existe déjà"):
        keyring_create(ring_path)
    assert ring_path.read_bytes() == before


def test_two_created_rings_share_no_secret(tmp_path):
    rings = []
    for name in ("a", "b"):
        keyring_create(tmp_path / name)
        rings.append(keyring_load(tmp_path / name))
    secrets = [secret for ring in rings for secret in (*ring.secrets_by_id.values(), ring.index_secret)]
    assert len(set(secrets)) == 4


def test_missing_ring_says_what_to_do(settings, tmp_path):
    settings.HAVRE_KEYRING = tmp_path / "absent.json"
    with pytest.raises(KeyringError, match="HAVRE_KEYRING"):
        keyring()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "JSON"),
        ([], "aucune clé"),
        ({"keys": [], "index_secret": SECRET}, "aucune clé"),
        ({"keys": [{"secret": SECRET}], "index_secret": SECRET}, "identifiant"),
        ({"keys": [{"id": "a:b", "secret": SECRET}], "index_secret": SECRET}, "identifiant"),
        ({"keys": [{"id": "k1", "secret": "c2hvcnQ="}], "index_secret": SECRET}, "32 octets"),
        ({"keys": [{"id": "k1", "secret": SECRET + "é"}], "index_secret": SECRET}, "32 octets"),
        ({"keys": [{"id": "k1", "secret": SECRET}] * 2, "index_secret": SECRET}, "deux fois"),
        ({"keys": [{"id": "k1", "secret": SECRET}]}, "index_secret"),
    ],
)
def test_invalid_ring_is_refused_without_showing_its_secrets(tmp_path, content, why):
    with pytest.raises(KeyringError, match=why) as caught:
        keyring_load(write(tmp_path / "ring.json", content))
    assert SECRET not in str(caught.value)


def test_first_key_writes_and_every_key_reads(settings, ring_path):
    token = seal(b"Awa", "a.b.c")
    content = json.loads(ring_path.read_text())
    content["keys"].insert(0, {"id": "k2", "secret": SECRET, "created_on": "2026-01-01"})
    settings.HAVRE_KEYRING = write(ring_path.with_name("two.json"), content)
    assert unseal(token, "a.b.c") == b"Awa"
    assert seal(b"Awa", "a.b.c").startswith("hv1:k2:")

    content["keys"] = content["keys"][:1]
    settings.HAVRE_KEYRING = write(ring_path.with_name("one.json"), content)
    with pytest.raises(SealError, match="does not hold"):
        unseal(token, "a.b.c")


def test_same_identifier_with_another_secret_opens_nothing(settings, tmp_path):
    token = seal(b"Awa", "a.b.c")
    keyring_create(tmp_path / "other.json")
    settings.HAVRE_KEYRING = tmp_path / "other.json"
    with pytest.raises(SealError):
        unseal(token, "a.b.c")


def test_secrets_do_not_show_in_repr(ring_path):
    ring = keyring()
    assert repr(ring.index_secret) not in repr(ring)
    assert repr(ring.secrets_by_id["k1"]) not in repr(ring)
