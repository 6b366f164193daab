from procrastinate.contrib.django import app

from cms.sessions.drafts import drafts_forget
from cms.sessions.services import sessions_forget
from cms.wall import scope


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="access_forget")
def forget(timestamp: int) -> None:
    """Each hour: remove forms kept for 72 hours and connexions begun thirty days ago."""
    with scope.acting(scope.HOUSEKEEPING):
        drafts_forget()
        sessions_forget()
