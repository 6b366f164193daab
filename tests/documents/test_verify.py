"""`manage.py verify` finds what a person with the keys of the server has changed."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.selectors import version_in_force
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from tests.cast.readings import read_whole


def verify(*names):
    out = io.StringIO()
    try:
        call_command("verify", *names, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def signed(committed):
    """The director of Les Tilleuls has signed the référentiel, for good."""
    director = User.objects.get(email="director-a@havre.example")
    with scope.acting(director):
        version, partner = version_in_force("referentiel"), Partner.objects.get(code_name="Les Tilleuls")
        read_whole(director, version, partner)
        return acknowledgement_sign(
            version=version,
            partner=partner,
            signed_by=director,
            position="Directrice",
            at=dt.datetime(2026, 2, 1, 10, tzinfo=dt.UTC),
        )


def test_everything_is_whole_to_begin_with(signed):
    code, text = verify()
    assert code == 0
    assert text.count("intact") >= 3
    for name in ("versions", "acknowledgements", "journal"):
        assert name in text


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE documents_clauseversion SET content = content - 'evidence' WHERE code = 'E1.3'",
            "clause E1.3 : le texte a changé",
        ),
        ("UPDATE documents_clauseversion SET chapter = 'Z' WHERE code = 'E1.3'", "l’ensemble n’est plus"),
        ("DELETE FROM documents_clauseversion WHERE code = 'E1.3'", "l’ensemble n’est plus"),
        ("UPDATE documents_documentversion SET effective_on = '2020-01-01'", "l’ensemble n’est plus"),
        ("UPDATE documents_documentversion SET content = '{}'", "l’ensemble n’est plus"),
        ("UPDATE documents_documentversion SET sequence = 2", "le rang 1 manque"),
    ],
)
def test_a_change_of_version_is_found(as_owner, statement, found):
    as_owner(statement)
    code, text = verify("versions")
    assert code == 1
    assert found in text


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE documents_acknowledgement SET version_hash = repeat('0', 64)", "l’empreinte signée"),
        ("UPDATE documents_acknowledgement SET clause_hashes = clause_hashes - 'E1.3'", "empreintes signées"),
    ],
)
def test_a_change_of_signature_is_found(signed, as_owner, statement, found):
    as_owner(statement)
    code, text = verify("acknowledgements")
    assert code == 1
    assert found in text
    assert verify("versions")[0] == 0


def test_an_unknown_check_is_named(db):
    with pytest.raises(CommandError, match="Vérification inconnue : lune. Noms possibles : .*versions"):
        call_command("verify", "lune")
