"""One entry an indicator: its definition, its queryset, what is worked out of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from dashboards.indicators import (
    coverage,
    definitions,
    incidents,
    orientations,
    partners,
    placements,
    professionals,
    sollicitations,
    strategy,
)
from dashboards.indicators.definitions import Definition
from dashboards.indicators.lexicon import Lexicon
from dashboards.indicators.results import Dimension, Result
from dashboards.periods import Period


@dataclass(frozen=True)
class Column:
    """A column of the list of rows: `field` of the queryset; `dimension` gives its words."""

    field: str
    label: str
    dimension: Dimension | None = None


@dataclass(frozen=True)
class Indicator:
    definition: Definition
    population: Callable[[Period, Lexicon], QuerySet]
    compute: Callable[[Period, Lexicon], Result]
    cuts: tuple[Dimension, ...]
    reference: Column
    dated: Column | None
    key: str = "pk"
    """Field that holds the row to open in the back office."""


INDICATORS = {
    indicator.definition.code: indicator
    for indicator in (
        Indicator(
            definitions.SOLLICITATIONS,
            sollicitations.population,
            sollicitations.compute,
            sollicitations.CUTS,
            Column("reference", "Référence"),
            Column("received_on", "Reçue le"),
        ),
        Indicator(
            definitions.ORIENTATIONS,
            orientations.population,
            orientations.compute,
            orientations.CUTS,
            Column("case__reference", "Situation"),
            Column("decided_on", "Orientée le"),
            key="case_id",
        ),
        Indicator(
            definitions.PLACEMENTS,
            placements.population,
            placements.compute,
            placements.CUTS,
            Column("case__reference", "Situation"),
            Column("arrived_on", "Arrivée le"),
            key="case_id",
        ),
        Indicator(
            definitions.PARTNERS,
            partners.population,
            partners.compute,
            partners.CUTS,
            Column("code_name", "Nom d’usage"),
            Column("opened_on", "Entrée dans le carnet"),
        ),
        Indicator(
            definitions.COVERAGE,
            coverage.population,
            coverage.compute,
            (coverage.REGION,),
            Column("name", "Département"),
            None,
        ),
        Indicator(
            definitions.PROFESSIONALS,
            professionals.population,
            professionals.compute,
            professionals.CUTS,
            Column("session__title", "Session"),
            Column("session__ends_on", "Terminée le"),
            key="session_id",
        ),
        Indicator(
            definitions.STRATEGY,
            strategy.population,
            strategy.compute,
            strategy.CUTS,
            Column("title", "Session"),
            Column("ends_on", "Terminée le"),
        ),
        Indicator(
            definitions.INCIDENTS,
            incidents.population,
            incidents.compute,
            incidents.CUTS,
            Column("reference", "Référence"),
            Column("declared_on", "Déclarée le"),
        ),
    )
}
