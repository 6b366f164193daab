"""What is shown of each indicator before anything is chosen, and the words of its drawings: one entry an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Drawing:
    """`tab` is one word: all of them hold in one line. `months` is the title of its months."""

    tab: str
    months: str
    drawn: tuple[str, ...]
    """Breakdowns drawn on the page and in the workbook; the others are chosen one by one."""
    is_state: bool = False
    """Its months are days, never added up, drawn as a line."""
    map: str = ""
    """Title of its map by where minors were exploited, when it has one."""
    first_crossed: str = ""
    """The table that is shown before one is chosen; the first one otherwise."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a figure counts, in a word, where a tile holds two, or one that its title does not name."""


DRAWINGS = {
    "I1": Drawing(
        "Demandes",
        months="Sollicitations par mois",
        drawn=("by_month", "by_form", "by_family", "by_age", "by_urgency", "by_outcome"),
        map="Sollicitations par département d’exploitation",
        first_crossed="form_age",
    ),
    "I2": Drawing(
        "Orientées",
        months="Victimes orientées par mois, à leur première orientation",
        drawn=("by_month", "by_outcome", "by_form", "refusals"),
        map="Victimes orientées par département d’exploitation",
        first_crossed="form_age",
    ),
    "I3": Drawing(
        "Placées",
        months="Victimes placées par mois, à leur première arrivée",
        drawn=("by_month", "by_form", "by_age", "by_distance", "exits"),
        map="Victimes placées par département d’exploitation, jamais par lieu d’accueil",
        first_crossed="form_age",
    ),
    "I4": Drawing(
        "Partenaires",
        months="Structures partenaires, au dernier jour du mois",
        drawn=("by_month", "by_type", "by_region"),
        is_state=True,
        labels={"I4.authorities": "ASE", "I4.structures": "structures"},
    ),
    "I5": Drawing(
        "Couverture",
        months="Départements couverts, au dernier jour du mois",
        drawn=("by_month", "by_region"),
        is_state=True,
        first_crossed="region_measures",
        labels={"I5.overseas": "outre-mer"},
    ),
    "I6": Drawing(
        "Professionnels",
        months="Professionnels formés par mois",
        drawn=("by_month", "by_group", "by_employer"),
        labels={"I6.trained": "formés", "I6.supported": "accompagnés"},
    ),
    "I7": Drawing(
        "Formation",
        months="Sessions tenues par mois",
        drawn=("by_month", "by_module"),
        labels={"I7": "sessions tenues"},
    ),
    "I8": Drawing(
        "Alertes",
        months="Situations préoccupantes déclarées par mois",
        drawn=("by_month", "by_type", "by_severity"),
        labels={"I8": "déclarées"},
    ),
}
LABELS = {code: label for drawing in DRAWINGS.values() for code, label in drawing.labels.items()}
BY_FORM = "month_form"
"""The table of months and forms, from which columns are parted."""
CATEGORIES = (
    ("forme:SEX", "fig-k1", "Exploitation sexuelle"),
    ("forme:DEL", "fig-k2", "Délits contraints"),
    ("forme:TRA", "fig-k3", "Travail"),
    ("forme:MEN", "fig-k4", "Mendicité"),
    ("", "fig-k5", "Autre ou indéterminée"),
)
"""Forms told apart by their colour, always the same and in this order; the last one stands for all the others."""
MOST_ROWS = 12
"""Beyond, a list of the page says how many rows more it has: its whole table is chosen."""
