"""One concept, one word: each model's name on screen stands in the README's glossary beside its name in code."""

from pathlib import Path

import pytest
from django.apps import apps

README = (Path(__file__).parent.parent / "README.md").read_text()
OURS = ("cms", "cases", "formation", "referentiel", "dashboards")
MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


def glossary() -> list[str]:
    section = README.split("## Glossary")[1]
    return [line for line in section.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_the_glossary(model):
    lines = [line for line in glossary() if f"`{model.__name__}`" in line]
    assert len(lines) == 1
    assert model._meta.verbose_name in lines[0]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_has_a_french_name(model):
    names = (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
    assert all(name and name[0].islower() for name in names)
