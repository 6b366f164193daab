import pytest

from cms.vault.hashing import keyed_hash, normalise
from cms.vault.keyring import keyring_create


@pytest.mark.parametrize(
    "written",
    ["Jean-Éric N’Diaye", "JEAN ERIC N'DIAYE", "  n diaye   jean\u00a0eric ", "N’Diaye, Jean‑E\u0301ric"],
)
def test_ways_of_writing_a_name_have_one_hash(written):
    assert keyed_hash(written, "name") == keyed_hash("jean eric n diaye", "name")


@pytest.mark.parametrize(("one", "other"), [("Awa", "Ava"), ("Jean Eric", "Jeaneric"), ("Awa", "Awa Awa")])
def test_other_names_have_another_hash(one, other):
    assert keyed_hash(one, "name") != keyed_hash(other, "name")


def test_joined_and_foreign_letters_are_written_plainly():
    assert normalise("Cœur Łukasz ŞAHİN Weiß") == "coeur lukasz sahin weiss"


def test_purposes_and_rings_cannot_be_compared(settings, tmp_path):
    first = keyed_hash("Awa", "name")
    assert first != keyed_hash("Awa", "alias")
    keyring_create(tmp_path / "other.json")
    settings.HAVRE_KEYRING = tmp_path / "other.json"
    assert keyed_hash("Awa", "name") != first


def test_text_without_letter_or_digit_has_no_hash():
    assert keyed_hash(" ?? - ", "name") == ""
