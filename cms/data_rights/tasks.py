from procrastinate.contrib.django import app

from cms.data_rights.control.services import night_check


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="night_check")
def verify(timestamp: int) -> None:
    """Each night, after the anchor and the months: verify everything, and keep the result for data protection."""
    night_check()
