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

NETWORK = frozenset(
    {
        "documents_acknowledgement",
        "documents_document",
        "documents_documentversion",
        "partners_convention",
        "partners_partner",
        "partners_structureprofile",
        "partners_suspension",
    }
)
"""What says whether a structure is counted."""
TRAINED = frozenset({"formation_enrolment", "formation_professional", "formation_session", "formation_sessiontrainer"})


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
    reads: frozenset[str]
    """Tables of its statements, but for those that give labels: what it counted stands until one of them changes."""
    headline: str = ""
    """Figure that counts the rows of the population, for an indicator of events: they are counted month by month too,
    and compared with those of another period. Empty for an indicator of state.
    """
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
            reads=frozenset({"cases_case", "cases_sollicitation", "cases_sollicitationform"}),
            headline="I1",
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
            reads=frozenset(
                {
                    "cases_case",
                    "cases_caseform",
                    "cases_orientation",
                    "cases_proposal",
                    "cases_sollicitation",
                    "cases_unmetneed",
                    "partners_partner",
                }
            ),
            headline="I2",
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
            reads=TRAINED
            | frozenset(
                {
                    "cases_absence",
                    "cases_afterstay",
                    "cases_case",
                    "cases_caseform",
                    "cases_linking",
                    "cases_orientation",
                    "cases_placement",
                    "cases_sollicitation",
                    "partners_convention",
                    "partners_partner",
                    "partners_place",
                    "territory_aseauthorityname",
                    "territory_territory_neighbours",
                }
            ),
            headline="I3",
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
            apart={
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
            reads=NETWORK
            | {
                "partners_conventionstep",
                "partners_place",
                "partners_structureprofile_forms",
                "territory_aseauthority",
                "territory_aseauthorityname",
                "territory_asecoverage",
            },
        ),
        IndicatorEntry(
            definitions.COVERAGE,
            coverage.compute,
            Listing(coverage.population, (coverage.REGION,), Column("name", "Département")),
            reads=NETWORK
            | {
                "cases_case",
                "cases_orientation",
                "cases_sollicitation",
                "partners_membership",
                "territory_aseauthority",
                "territory_asecoverage",
            },
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
            apart={
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
            reads=NETWORK
            | TRAINED
            | {"formation_answersheet", "formation_satisfaction", "formation_supportact", "partners_membership"},
            headline="I6.trained",
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
            reads=NETWORK
            | TRAINED
            | {
                "cases_case",
                "cases_incident",
                "cases_incidenttask",
                "cases_placement",
                "formation_halfday",
                "formation_yearplan",
                "formation_yearplanline",
            },
            headline="I7",
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
            reads=NETWORK | {"cases_authoritynotice", "cases_incident", "cases_incidentpair", "cases_placement"},
            headline="I8",
        ),
    )
}
