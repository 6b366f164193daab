from procrastinate.contrib.django import app

from cms.data_rights.control.services import night_check
from cms.data_rights.readings.services import readings_watch


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="night_check")
def verify(timestamp: int) -> None:
    """Each night, after the anchor and the months: verify everything, and keep the result for data protection."""
    night_check()


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="readings_watch")
def watch(timestamp: int) -> None:
    """Each two minutes: tell of whoever read, was refused or took out too much in the hour."""
    readings_watch()
