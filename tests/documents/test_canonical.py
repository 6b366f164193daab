"""The same words give the same hash; one letter changes it."""

import pytest

from cms.documents.versions.rules.canonical import canonical, content_hash, normalised


def test_keys_are_sorted_and_nothing_is_added():
    assert canonical({"b": [1, True], "a": "é"}) == '{"a":"é","b":[1,true]}'.encode()


def test_two_ways_of_writing_an_accent_are_one():
    assert content_hash({"te\u0301": "e\u0301"}) == content_hash({"té": "é"})
    assert normalised(["e\u0301"]) == ["é"]


def test_one_letter_changes_the_hash():
    assert content_hash({"text": "un adulte"}) != content_hash({"text": "un Adulte"})


def test_what_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"rate": float("nan")})
