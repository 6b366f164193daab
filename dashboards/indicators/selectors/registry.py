"""One entry an indicator: its definition, its queryset, what is worked out of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.definitions import Definition
from dashboards.indicators.rules.results import Result
from dashboards.indicators.selectors import (
    coverage,
    incidents,
    orientations,
    partners,
    placements,
    professionals,
    sollicitations,
    strategy,
)
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.periods import Period


@dataclass(frozen=True)
class Column:
    """A column of the list of rows: `field` of the queryset, and its header."""

    field: str
    label: str


@dataclass(frozen=True)
class Listing:
    """Rows that may be read one by one, and the cuts that may open them."""

    population: Callable[[Period, Lexicon], QuerySet]
    cuts: tuple[Dimension, ...]
    reference: Column
    dated: Column | None = None
    unit: str = ""
    """What a row is, when it is not the unit of the indicator."""
    key: str = "pk"
    """Field that holds the row to open in the back office."""
    opens: str = ""
    """Model of that row, as `app.Model`; empty when no screen shows it."""
    is_one_line: bool = False
    """Every row of the population belongs, whatever its `line`."""


@dataclass(frozen=True)
class IndicatorEntry:
    """`rows` stand behind the lines of the population; `apart`, behind a line that has a queryset of its own."""

    definition: Definition
    compute: Callable[[Period, Lexicon], Result]
    rows: Listing
    apart: Mapping[str, Listing] = field(default_factory=dict)

    @property
    def population(self) -> Callable[[Period, Lexicon], QuerySet]:
        return self.rows.population

    def listing(self, line: str) -> Listing:
        return self.apart.get(line, self.rows)


INDICATORS = {
    indicator.definition.code: indicator
    for indicator in (
        IndicatorEntry(
            definitions.SOLLICITATIONS,
            sollicitations.compute,
            Listing(
                sollicitations.population,
                sollicitations.CUTS,
                Column("reference", "Référence"),
                Column("received_on", "Reçue le"),
                opens="cases.Sollicitation",
            ),
        ),
        IndicatorEntry(
            definitions.ORIENTATIONS,
            orientations.compute,
            Listing(
                orientations.population,
                orientations.CUTS,
                Column("case__reference", "Situation"),
                Column("decided_on", "Orientée le"),
                key="case_id",
                opens="cases.Case",
            ),
        ),
        IndicatorEntry(
            definitions.PLACEMENTS,
            placements.compute,
            Listing(
                placements.population,
                placements.CUTS,
                Column("case__reference", "Situation"),
                Column("arrived_on", "Arrivée le"),
                key="case_id",
                opens="cases.Case",
            ),
        ),
        IndicatorEntry(
            definitions.PARTNERS,
            partners.compute,
            Listing(
                partners.population,
                partners.CUTS,
                Column("code_name", "Nom d’usage"),
                Column("opened_on", "Entrée dans le carnet"),
                unit="une structure d’accueil",
                opens="partners.Partner",
            ),
            {
                partners.AUTHORITY_LINE: Listing(
                    partners.signed_authorities,
                    partners.AUTHORITY_CUTS,
                    Column("code_name", "Nom d’usage"),
                    Column("since", "Convention depuis le"),
                    unit="une autorité chargée de l’aide sociale à l’enfance, sous convention au dernier jour",
                    opens="partners.Partner",
                    is_one_line=True,
                )
            },
        ),
        IndicatorEntry(
            definitions.COVERAGE,
            coverage.compute,
            Listing(coverage.population, (coverage.REGION,), Column("name", "Département")),
        ),
        IndicatorEntry(
            definitions.PROFESSIONALS,
            professionals.compute,
            Listing(
                professionals.population,
                professionals.CUTS,
                Column("session__title", "Session"),
                Column("session__ends_on", "Terminée le"),
                key="session_id",
                opens="formation.Session",
            ),
            {
                professionals.PERSONS: Listing(
                    professionals.supported,
                    professionals.SUPPORT_CUTS,
                    Column("kind__label", "Premier acte de la période"),
                    Column("happened_on", "Le"),
                    unit="une personne nommée dans un acte d’accompagnement",
                ),
                professionals.HIRES: Listing(
                    professionals.hires,
                    professionals.HIRE_CUTS,
                    Column("partner__code_name", "Structure"),
                    Column("starts_on", "Arrivée dans l’équipe le"),
                    unit="une personne arrivée dans une équipe, encore là six mois après",
                    key="partner_id",
                    opens="partners.Partner",
                ),
                professionals.TEAMS: Listing(
                    professionals.teams,
                    professionals.TEAM_CUTS,
                    Column("partner__code_name", "Équipe"),
                    Column("happened_on", "Acte au plus grand effectif, le"),
                    unit="une équipe accompagnée, sans que ses membres soient nommés",
                    key="partner_id",
                    opens="partners.Partner",
                ),
            },
        ),
        IndicatorEntry(
            definitions.STRATEGY,
            strategy.compute,
            Listing(
                strategy.population,
                strategy.CUTS,
                Column("title", "Session"),
                Column("ends_on", "Terminée le"),
                opens="formation.Session",
            ),
        ),
        IndicatorEntry(
            definitions.INCIDENTS,
            incidents.compute,
            Listing(
                incidents.population,
                incidents.CUTS,
                Column("reference", "Référence"),
                Column("declared_on", "Déclarée le"),
                opens="cases.Incident",
            ),
        ),
    )
}
