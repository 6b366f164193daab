"""The recipes of docs/api.md, run as they are written."""

import re

import httpx
import pytest

from tests.api.reading import Here
from tests.cast.session import token_header
from tools.paths import CLONE

RECIPES = re.findall(r"```python\n(.*?)```", (CLONE / "docs" / "api.md").read_text(), re.DOTALL)


@pytest.fixture
def havre(cast, files):
    header = token_header(cast["director_a"])["HTTP_AUTHORIZATION"].replace("Token", "Bearer")
    return httpx.Client(base_url="http://testserver", transport=Here(), headers={"Authorization": header})


def test_the_five_recipes_do_what_they_say(havre):
    assert len(RECIPES) == 5
    done = {"havre": havre}
    for recipe in RECIPES:
        exec(compile(recipe, "docs/api.md", "exec"), done)  # noqa: S102 (our own page)
    assert {place["partner"]["name"] for place in done["places"]} == {"Les Tilleuls"}
    assert len(done["en_cours"]) == 1
    assert done["inchange"]
    assert done["type_en_clair"]
    assert (done["refus"].status_code, done["a_corriger"]) == (400, ["arrive"])
