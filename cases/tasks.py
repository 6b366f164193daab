"""What follows from the hour alone: silence of a structure, six months after a stay."""

from procrastinate.contrib.django import app

from cases.proposals.silence.services import proposals_silent_tell
from cases.stays.reviews.services import after_stays_follow


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="proposals_silent")
def proposals_silent(timestamp: int) -> None:
    """Each minute: tell the coordination which structures have not answered at the hour said."""
    proposals_silent_tell()


@app.periodic(cron="35 5 * * *")
@app.task(queueing_lock="after_stays")
def after_stays(timestamp: int) -> None:
    """Each morning: tell the coordination of the stays that ended six months ago."""
    after_stays_follow()
