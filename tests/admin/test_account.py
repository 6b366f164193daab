"""Wagtail's page of the account repeats ours and takes a picture: it leads to ours."""

import pytest

from cms.users.models import User


@pytest.mark.parametrize("key", ["coordination", "editor", "tech_admin"])
def test_the_account_page_is_the_portals(client_of, key):
    response = client_of(key).get("/admin/account/")
    assert (response.status_code, response["Location"]) == (302, "/mon-compte/")


def test_nothing_is_changed_through_it(client_of, cast):
    form = {"name_email-first_name": "Autre", "name_email-last_name": "Nom", "name_email-email": "x@havre.example"}
    client_of("coordination").post("/admin/account/", form)
    assert str(User.objects.get(pk=cast["coordination"].pk)) == "Claire Vasseur"
