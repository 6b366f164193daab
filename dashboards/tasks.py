from procrastinate.contrib.django import app

from cms.wall import scope
from dashboards.figures.selectors.cache import results_tidy


@app.periodic(cron="5 0 * * *")
@app.task(queueing_lock="figures_tidy")
def tidy(timestamp: int) -> None:
    """Add the marks of changes up and delete the results of other days, each night."""
    with scope.acting(scope.FIGURES):
        results_tidy()
