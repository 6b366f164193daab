"""What one person asks and another decides: every table that stands on the base is held by the database too."""

import pytest
from django.apps import apps
from django.db import connection

from cms.decisions.models import AgreedByTwo, DecidedByTwo

KINDS = sorted(
    (model for model in apps.get_models() if issubclass(model, AgreedByTwo)), key=lambda model: model.__name__
)


def test_the_kinds_of_decision_that_stand_on_the_base():
    names = [model.__name__ for model in KINDS]
    assert names == [
        "CaseMerge", "ClosedPeriod", "Derogation", "ExtraRequirement", "FileCopy", "HistoryImport", "KindDecision",
        "Release", "SoftwareAccount", "Subscription", "Visibility",
    ]  # fmt: skip


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_the_database_wants_two_people_and_keeps_what_they_decided(db, model):
    name, table = model._meta.model_name, model._meta.db_table
    with connection.cursor() as cursor:
        checks = set(connection.introspection.get_constraints(cursor, table))
        cursor.execute(
            "SELECT p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = %s::regclass",
            [table],
        )
        functions = {row[0] for row in cursor.fetchall()}
    ends = {f"{name}_dismissed_whole"} if issubclass(model, DecidedByTwo) else set()
    assert {f"{name}_two_people"} | ends <= checks
    assert "two_people_guard" in functions
