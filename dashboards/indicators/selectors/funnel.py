"""Steps from request to arrival, by period and by cohort, with a note on why the two differ."""

from dashboards.indicators.rules.results import Grid, Result
from dashboards.indicators.selectors.cohort import STEPS, cohort
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.periods import Period

TITLE = "De la demande à l’accueil"
NOTE = (
    "Par période : chaque étape compte les personnes pour qui elle a eu lieu dans la période, même si la demande est "
    "plus ancienne ; une étape peut donc dépasser la précédente. Par cohorte : on suit les seuls mineurs dont la "
    "première demande date de la période, jusqu’à aujourd’hui ; chaque étape est contenue dans la précédente. "
    "Les deux colonnes ne s’additionnent pas."
)


def funnel(period: Period, results: dict[str, Result], lexicon: Lexicon) -> Grid:
    """Return both columns: the period's from the indicators themselves, the cohort's from one query."""
    of_period = (
        results["I1"].figure("I1.persons").value,
        results["I2"].figure("I2").value,
        results["I2"].figure("I2.accepted").value,
        results["I3"].figure("I3").value,
    )
    rows = tuple(zip(STEPS, of_period, cohort(period, lexicon).steps, strict=True))
    return Grid("funnel", TITLE, ("Étape", "Par période", "Par cohorte"), rows, note=NOTE)
