"""What is drawn of each indicator, before anything is chosen."""

DRAWN = {
    "I1": ("by_month", "by_form", "by_family", "by_age", "by_urgency", "by_outcome"),
    "I2": ("by_month", "by_outcome", "by_form", "refusals"),
    "I3": ("by_month", "by_form", "by_age", "by_distance", "exits"),
    "I4": ("by_month", "by_type", "by_region"),
    "I5": ("by_month", "by_region"),
    "I6": ("by_month", "by_group", "by_employer"),
    "I7": ("by_month", "by_module"),
    "I8": ("by_month", "by_type", "by_severity"),
}
"""Breakdowns drawn for each indicator, on the page and in the workbook; the others are chosen one by one."""
STATES = {"I4", "I5"}
"""Indicators of state: their months are days, never added up, drawn as a line."""
MAPPED = {
    "I1": "Sollicitations par département d’exploitation",
    "I2": "Victimes orientées par département d’exploitation",
    "I3": "Victimes placées par département d’exploitation, jamais par lieu d’accueil",
}
"""Indicators drawn on the map by where minors were exploited."""
MONTHS = {
    "I1": "Sollicitations par mois",
    "I2": "Victimes orientées par mois, à leur première orientation",
    "I3": "Victimes placées par mois, à leur première arrivée",
    "I4": "Structures partenaires, au dernier jour du mois",
    "I5": "Départements couverts, au dernier jour du mois",
    "I6": "Professionnels formés par mois",
    "I7": "Sessions tenues par mois",
    "I8": "Situations préoccupantes déclarées par mois",
}
BY_FORM = "month_form"
"""The table of months and forms, from which columns are parted."""
FIRST_CROSSED = {"I1": "form_age", "I2": "form_age", "I3": "form_age", "I5": "region_measures"}
"""The table that is shown before one is chosen; the first one otherwise."""
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
