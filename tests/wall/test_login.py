import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections


@pytest.fixture
def fresh(db):
    """A connection of its own, opened anew by the test."""
    copy = connections["default"].copy()
    yield copy
    copy.close()


def test_production_refuses_the_login_of_a_superuser(fresh, settings):
    settings.HAVRE_REFUSE_POWERFUL_LOGIN = True
    with pytest.raises(ImproperlyConfigured, match="trop de droits"):
        fresh.ensure_connection()
    assert fresh.connection is None


def test_the_demo_may_log_in_as_owner_and_act_as_the_application(fresh):
    with fresh.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        acting, login = cursor.fetchone()
    assert (acting, acting == login) == ("havre_app", False)
