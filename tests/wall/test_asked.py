"""What is asked with the scope is what Django and the settings would have read apart, for each of the cast."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.permission_policies.pages import PagePermissionPolicy

from cases.matching.words import Words
from cms.navigation.context import instance
from cms.territory.models import Territory
from cms.users.models import User
from cms.values.services import setting_change
from cms.values.settings import setting_value, settings_frozen
from cms.wall import scope
from cms.wall.asked import rights_give
from tests.costs import counted


@pytest.mark.parametrize("who", ["coordination", "direction", "editor", "trainer", "dpo", "tech_admin", "gendarme"])
def test_rights_are_those_of_the_groups(cast, who):
    with scope.acting(cast[who]):
        told, asked = User.objects.get(pk=cast[who].pk), User.objects.get(pk=cast[who].pk)
        rights_give(told)
        rows = Permission.objects.filter(group__user=asked).values_list("content_type__app_label", "codename")
        assert told.get_all_permissions() == {f"{app}.{code}" for app, code in rows}
        assert told.get_all_permissions() == asked.get_all_permissions()


def test_a_suspended_person_keeps_no_right(cast):
    with scope.acting(cast["coordination"]):
        person = User.objects.get(pk=cast["coordination"].pk)
        rights_give(person)
        person.is_active = False
        assert person.get_all_permissions() == set()


def test_settings_are_those_of_the_beginning_of_the_request_and_of_no_system_actor(cast):
    with scope.acting(cast["coordination"]):
        setting_change(key="cases.away_km", value=77, reason="Essai", changed_by_id=cast["coordination"].pk)
    with scope.acting(cast["coordination"]), CaptureQueriesContext(connection) as queries:
        with settings_frozen(is_entered=True):
            assert setting_value("cases.away_km") == 77
        assert counted(queries) == []
    with scope.acting(scope.FIGURES), settings_frozen(is_entered=True):
        assert setting_value("cases.away_km") == 77


def test_a_setting_changed_within_a_request_is_read_at_once_outside_such_a_block(cast):
    with scope.acting(cast["coordination"]):
        setting_change(key="cases.away_km", value=78, reason="Essai", changed_by_id=cast["coordination"].pk)
        assert setting_value("cases.away_km") == 78
        with settings_frozen():
            assert setting_value("cases.away_km") == 78


def test_the_map_names_territories_as_the_tables_do(cast):
    with scope.acting(cast["coordination"]):
        named = Words.load().territories
        told = dict(Territory.objects.values_list("code", "name"))
    assert named == {code: name for code, name in told.items() if code in named}
    assert set(told) - set(named) <= {"984", "989"}, "nobody lives there"


@pytest.mark.parametrize("who", ["coordination", "editor", "trainer", "tech_admin"])
def test_the_menu_of_pages_starts_where_wagtail_would_have_found(cast, who):
    with scope.acting(cast[who]):
        told, asked = User.objects.get(pk=cast[who].pk), User.objects.get(pk=cast[who].pk)
        request = RequestFactory().get("/admin/")
        request.user = told
        assert instance(request)["explorer_known"]() == ""
        with CaptureQueriesContext(connection) as queries:
            found = PagePermissionPolicy().explorable_root_instance(told)
        assert found == PagePermissionPolicy().explorable_root_instance(asked)
        assert counted(queries) == []
