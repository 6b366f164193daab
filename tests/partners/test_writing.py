"""The text of a convention: a template that the network words, frozen versions, a paper to sign."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.partners.conventions.services import convention_advance, convention_open
from cms.partners.conventions.writing.rules import text_blocks, text_fill, text_refusal
from cms.partners.conventions.writing.services import convention_write, text_hash
from cms.partners.conventions.writing.settings import ORIGINAL, TEXT
from cms.partners.enums import Stage
from cms.partners.models import Convention, ConventionVersion, Partner
from cms.values.services import setting_change
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cases.incidents.test_authority_pages import words_of
from tests.cases.steps import refused_on, walled

STARTS, ENDS = dt.date(2026, 12, 1), dt.date(2029, 11, 30)


@pytest.fixture
def convention(acting_as) -> Convention:
    """A second convention with Aubépine, at its first contact."""
    with acting_as("coordination"):
        house = Partner.objects.get(code_name="Aubépine")
        return convention_open(partner=house, reference="CV-2026-900", contacted_on=dt.date(2026, 11, 2))


def write(cast, convention, **changes):
    values = {"starts_on": STARTS, "ends_on": ENDS, "by": cast["coordination"]} | changes
    return convention_write(convention=Convention.objects.get(pk=convention.pk), **values)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ORIGINAL, ""),
        ("Avec {structure}, {lieu} et {adresse}.", "Ces champs n’existent pas : {lieu}, {adresse}"),
        ("Avec {structure}, {lieu}.", "Ce champ n’existe pas : {lieu}. Ceux qui existent"),
        ("Avec {structure} et {fin", "accolade est ouverte"),
        ("Avec personne.", "Gardez le champ {structure}"),
        ("{structure}" + "a" * 20_000, "trop long"),
    ],
)
def test_a_field_that_does_not_exist_is_refused_with_its_name(text, words):
    assert text_refusal(text).startswith(words) if words == "" or "{" in words else words in text_refusal(text)
    assert bool(text_refusal(text)) is bool(words)


def test_a_value_is_never_read_as_a_field_nor_as_markup():
    assert text_fill("Avec {structure}.", {"structure": "{fin}", "fin": "x"}) == "Avec {fin}."
    assert text_blocks("# Titre\nTexte\n- un\n- deux\n\nSuite") == [
        {"kind": "heading", "lines": ["Titre"]},
        {"kind": "par", "lines": ["Texte"]},
        {"kind": "list", "lines": ["un", "deux"]},
        {"kind": "par", "lines": ["Suite"]},
    ]


def test_the_network_words_the_template_and_an_unknown_field_is_refused_on_the_screen(client_of, acting_as):
    browser = client_of("coordination")
    address = reverse("havre_settings:edit", args=[TEXT])
    assert "{gestionnaire}" in browser.get(address).content.decode()
    refused = browser.post(address, {"value": "Avec {structure} à {adresse}.", "reason": ""})
    assert refused.status_code == 422
    assert "Ce champ n’existe pas : {adresse}" in refused.content.decode()
    with acting_as("coordination"), pytest.raises(ValidationError, match="adresse"):
        setting_change(key=TEXT, value="Avec {structure} à {adresse}.", changed_by_id=None)


def test_a_version_is_frozen_and_written_again_when_its_words_change(cast, acting_as, convention):
    with acting_as("coordination"):
        first = write(cast, convention)
        assert write(cast, convention) == first
        assert "Aubépine" in first.text
        assert "30 novembre 2029" in first.text
        assert "{" not in first.text
        assert first.text_hash == text_hash(first.text)
        setting_change(key=TEXT, value="Avec {structure}, jusqu’au {fin}.", changed_by_id=cast["coordination"].pk)
        second = write(cast, convention, ends_on=None)
        assert (second.number, second.text) == (2, "Avec Aubépine, jusqu’au ……….")
        first.refresh_from_db()
        assert "30 novembre 2029" in first.text
        with pytest.raises(Exception, match="permission denied"):
            ConventionVersion.objects.filter(pk=first.pk).update(text="Autre")
    with acting_as("coordination"):
        with refused_on("ends_on", match="avant de prendre effet"):
            write(cast, convention, ends_on=dt.date(2026, 1, 1))
        known = Convention.objects.get(partner=convention.partner_id, stage=Stage.SIGNED)
        convention_advance(convention=known, stage=Stage.ENDED, on=timezone.localdate())
        with refused_on(match="finie"):
            write(cast, known)


def test_nobody_else_writes_one(cast, acting_as, convention):
    for key in ("director_b", "editor", "gendarme"):
        with acting_as(key), walled():
            ConventionVersion.objects.create(
                convention_id=convention.pk,
                number=1,
                text="x",
                text_hash=text_hash("x"),
                written_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
                written_by=cast[key],
            )


def test_the_paper_holds_the_real_name_under_a_reveal_alone(cast, acting_as, convention, client_of):
    browser = client_of("coordination")
    file = reverse("partners_convention:inspect", args=[convention.pk])
    write_url = reverse("partners_convention:write", args=[convention.pk])
    assert write_url in browser.get(file).content.decode()
    assert browser.post(write_url, {"starts_on": "2026-12-01", "ends_on": ""}).status_code == 302
    with acting_as("coordination"):
        version = ConventionVersion.objects.get(convention=convention.pk)
    paper = reverse("partners_convention:paper", args=[convention.pk, version.pk])
    assert paper in browser.get(file).content.decode()
    answer = browser.get(paper)
    assert answer["Content-Disposition"] == 'attachment; filename="convention-de-partenariat-v1.pdf"'
    said = words_of(answer.content)
    assert "à compléter à la main" in said
    assert "MARQUEUR" not in said
    with acting_as("coordination"):
        reveal_open(
            kind="partner", object_id=convention.partner_id, by=cast["coordination"], reason=RevealReason.CONTACT
        )
    assert "MARQUEUR-NOM-REEL-B" in words_of(browser.get(paper).content)
    with acting_as("direction"):
        lines = JournalLine.objects.filter(action="partners.convention.paper", object_id=convention.pk)
        assert lines.count() == 2
    assert client_of("director_b").get(paper).status_code in (302, 404)
