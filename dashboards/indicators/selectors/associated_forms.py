"""Forms of exploitation in one row: the principal one, and those of another purpose beside it."""

from collections import defaultdict

from django.db import connection
from django.db.models import Exists, Model, OuterRef, QuerySet

from cases.models import CaseForm, Sollicitation, SollicitationForm
from cms.values.models import Value
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.results import Grid
from dashboards.indicators.rules.statements import statement_of
from dashboards.indicators.selectors.cube import Cube
from dashboards.indicators.selectors.cuts import FORM
from dashboards.indicators.selectors.lexicon import Lexicon

NOTE = "Une même ligne peut porter plusieurs formes associées : les colonnes ne s’additionnent pas."
ANY = None
"""Stands for « at least one associated form », whichever."""


def associated_forms(population: QuerySet, counted: Cube, lexicon: Lexicon) -> Grid:
    """Count rows by principal form, and how many of them carry each associated form of another purpose."""
    beside = _beside_requests(population) if population.model is Sollicitation else _beside_persons(population)
    purposes = lexicon.in_order(form for forms in beside.values() for form in forms if form is not ANY)
    counts = counted.by(FORM.name)
    mains = [*lexicon.in_order(counts.keys() - {None}), *([None] if None in counts else [])]
    rows = tuple(
        (
            FORM.label(main, lexicon),
            *(beside[main].get(form, 0) for form in purposes),
            beside[main].get(ANY, 0),
            counts[main],
        )
        for main in mains
    )
    headers = ("Forme principale", *(lexicon.labels[form] for form in purposes), "Avec une autre forme", "En tout")
    return Grid("associated", "Forme principale et formes associées", headers, rows, note=NOTE)


def _beside_requests(population: QuerySet) -> dict[str | None, dict]:
    carried = SollicitationForm.objects.filter(sollicitation_id=OuterRef("id"), is_main=False)
    return _beside(population.order_by().filter(Exists(carried)), SollicitationForm, "sollicitation_id", "id")


def _beside_persons(population: QuerySet) -> dict[str | None, dict]:
    """Count persons: one is chosen among rows of its own, so the other rows are left out before persons are chosen."""
    carried = CaseForm.objects.filter(case__person_key=OuterRef("case__person_key"), is_main=False)
    return _beside(population.filter(Exists(carried)), CaseForm, "case_id", "case_id")


def _beside(population: QuerySet, model: type[Model], link: str, key: str) -> dict[str | None, dict]:
    """Count, per principal form, the rows that carry each other purpose, and any. The population is reduced to
    the few rows that carry one.
    """
    rows, params = statement_of(population, ["line", key, "by_form"])
    forms, values = model._meta.db_table, Value._meta.db_table
    # Names are written in the models; what comes from the reader is in `params`.
    # Materialised, for the planner guesses far from the few forms that stand beside a principal one.
    statement = f"""
        WITH rows AS MATERIALIZED ({rows}), others AS MATERIALIZED (
            SELECT f.{link} AS owner, coalesce(v.parent_id, v.id) AS purpose
            FROM {forms} f JOIN {values} v ON v.id = f.form_id WHERE NOT f.is_main)
        SELECT r.by_form, o.purpose, count(DISTINCT o.owner)
        FROM rows r JOIN others o ON o.owner = r.{key}
        WHERE r.line = %s AND o.purpose IS DISTINCT FROM r.by_form
        GROUP BY GROUPING SETS ((r.by_form, o.purpose), (r.by_form))"""  # noqa: S608
    beside: dict[str | None, dict] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, COUNTED])
        for main, purpose, n in cursor.fetchall():
            beside[main][purpose] = n
    return beside
