"""What is published is for the network: the pages of the curriculum lead to where people who are signed in read it."""

import pytest

from formation.models import CurriculumIndexPage, ModulePage


@pytest.mark.parametrize(
    ("model", "address"), [(CurriculumIndexPage, "/formation/"), (ModulePage, "/formation/modules/M1/")]
)
def test_a_page_of_the_curriculum_leads_to_its_frozen_version(client_of, model, address):
    page = model.objects.filter(**({"code": "M1"} if model is ModulePage else {})).get()
    answer = client_of("anonymous").get(page.get_url())
    assert (answer.status_code, answer.url) == (302, address)
    assert client_of("anonymous").get(address).url.startswith("/compte/login/")
