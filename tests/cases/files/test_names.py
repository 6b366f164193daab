"""Finding a minor again by an exact name, without opening a seal."""

import pytest
from django.db import connection

from cases.files.selectors import cases_named
from cases.files.services import identity_write
from cases.models import CaseName
from cms.wall import scope
from tests.cases.steps import open_case, walled


@pytest.fixture
def case(cast, acting_as):
    with acting_as("coordination"):
        _, case = open_case(cast)
        identity_write(
            case=case,
            by=cast["coordination"],
            last_name="N’Diaye-Lemaître",
            first_name="Éloïse",
            aliases=["Zouzou du Port"],
        )
        yield case


@pytest.mark.parametrize(
    "written",
    ["Éloïse N’Diaye-Lemaître", "LEMAITRE n diaye eloise", "n'diaye lemaître", "port du  ZOUZOU"],
)
def test_every_way_of_writing_a_name_finds_the_case(case, written):
    assert cases_named(text=written) == [case]


@pytest.mark.parametrize("written", ["", "??", "Éloïse", "Diaye", "Éloïse N’Diaye", "Zouzou"])
def test_part_of_a_name_finds_nobody(case, written):
    assert cases_named(text=written) == []


def test_corrected_name_forgets_the_former(case, cast):
    identity_write(case=case, by=cast["coordination"], last_name="Sauvageot")
    assert cases_named(text="Éloïse N’Diaye-Lemaître") == []
    assert cases_named(text="sauvageot éloïse") == [case]
    assert cases_named(text="Zouzou du Port") == [case]


def test_search_is_told_with_its_count_and_without_the_name(case, cast):
    cases_named(text="N’Diaye-Lemaître")
    with scope.acting(scope.FIGURES), connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id, outcome, details::text, l::text FROM journal_line l WHERE action = 'case.search'"
            " ORDER BY id DESC LIMIT 1"
        )
        actor, outcome, details, line = cursor.fetchone()
    assert (actor, outcome, details) == (cast["coordination"].pk, "read", '{"count": 1}')
    assert "diaye" not in line.casefold()
    digest = CaseName.objects.filter(case=case).values_list("digest", flat=True)[0]
    assert digest not in line


@pytest.mark.parametrize("key", ["director_a", "gendarme", "dpo", "tech_admin", "trainer"])
def test_nobody_else_finds_nor_sees_nor_writes_a_name(case, acting_as, key):
    with acting_as(key):
        assert cases_named(text="N’Diaye-Lemaître") == []
        assert not CaseName.objects.exists()
        with walled():
            CaseName.objects.create(case_id=case.pk, digest="0" * 64)


def test_look_up_uses_the_index(case):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'cases_casename'")
        assert any("(digest)" in definition for (definition,) in cursor.fetchall())
