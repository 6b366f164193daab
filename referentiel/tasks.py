from django.utils import timezone
from procrastinate.contrib.django import app

from referentiel.visits.services.reminders import standards_follow, visits_silence


@app.periodic(cron="20 7 * * *")
@app.task(queueing_lock="standards_morning")
def standards_morning(timestamp: int) -> None:
    """Close the delays of visits that nobody answered, then notify what falls due on either side, each morning."""
    today = timezone.localdate()
    visits_silence(on=today)
    standards_follow(on=today)
