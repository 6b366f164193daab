"""One concept, one word: each model's name on screen stands in the glossary beside its name in code."""

from django.apps import apps

from tools.paths import CLONE

OURS = ("cms", "cases", "formation", "referentiel", "dashboards")


def rows() -> list[list[str]]:
    """Return the cells of each line of the table: on screen, in code, meaning."""
    lines = (CLONE / "docs" / "glossary.md").read_text().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")][2:]


def faults_of(model: type, table: list[list[str]]) -> list[str]:
    label, names = model._meta.label, (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
    lines = [on_screen for on_screen, in_code, _ in table if f"`{model.__name__}`" in in_code]
    faults = [f"{label} : pas de nom français ({name})" for name in names if not name or not name[0].islower()]
    if len(lines) != 1:
        faults.append(f"{label} : {len(lines)} ligne(s) dans docs/glossary.md")
    elif names[0] not in lines[0]:
        faults.append(f"{label} : « {names[0]} » à l’écran, « {lines[0]} » au glossaire")
    return faults


def test_every_model_has_a_french_name_and_one_line_of_the_glossary():
    table = rows()
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
    assert [fault for model in models for fault in faults_of(model, table)] == []


def test_every_line_has_three_cells():
    assert [row for row in rows() if len(row) != 3 or not all(row)] == []
