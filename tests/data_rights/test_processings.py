"""The register of processings says every table and every rule, and the page kept here is what the command writes."""

from io import StringIO

import pytest
from django.core.management import call_command

from cms.data_rights.processings.rules import PROCESSINGS, WITHOUT_PEOPLE, processing_of
from cms.data_rights.processings.selectors import models_held, readers_of, sheets
from cms.retention.models import RetentionKind
from cms.wall import scope
from tools.paths import CLONE

PAGE = CLONE / "docs" / "papers" / "registre.md"


def test_every_table_belongs_to_a_processing_or_tells_of_nobody():
    assert [model.__module__ for model in models_held() if processing_of(model.__module__) is None] == []


def test_no_module_is_named_in_vain():
    held = {model.__module__ for model in models_held()}
    named = [*WITHOUT_PEOPLE, *(name for each in PROCESSINGS for name in each.modules)]
    assert [name for name in named if not any(f"{module}.".startswith(f"{name}.") for module in held)] == []


def test_each_processing_has_tables_and_each_rule_stands_once(db):
    written = sheets()
    assert [sheet.processing.code for sheet in written if not (sheet.tables or sheet.libraries)] == []
    with scope.acting(scope.RETENTION):
        labels = sorted(RetentionKind.objects.values_list("label", flat=True))
    assert sorted(kept.label for sheet in written for kept in sheet.delays) == labels


def test_sealed_words_and_readers_come_from_models_and_policies(db):
    tables = {held.label: held for sheet in sheets() for held in sheet.tables}
    identity = tables["identité"]
    assert identity.sealed
    assert "après ouverture motivée" in identity.readers
    assert tables["parole d’un enfant"].readers == ("coordination et direction",)


def test_a_policy_that_nobody_explained_is_refused():
    with pytest.raises(LookupError, match="scope_new_door"):
        readers_of("scope_new_door()")


def test_the_page_is_what_the_command_writes(db):
    said = StringIO()
    call_command("processing_register", stdout=said)
    assert PAGE.read_text() == said.getvalue(), "manage.py processing_register docs/papers/registre.md"
