import datetime as dt
import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cms.sessions.calls.services import calls_forget
from cms.sessions.drafts import drafts_forget
from cms.sessions.mails import notice_send, reset_send
from cms.sessions.services import sessions_forget
from cms.users.adapter import ADDRESS_COLUMN, NOTICE_TASK, RESET_TASK
from cms.vault.sealing import unseal
from cms.wall import scope

AGAIN = RetryStrategy(max_attempts=7, exponential_wait=4)
"""After 4 seconds, then 16, 64… : an hour and a half in all."""


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="access_forget")
def forget(timestamp: int) -> None:
    """Each hour: remove forms kept for their hours, sendings kept for 48 and connexions begun thirty days ago."""
    with scope.acting(scope.HOUSEKEEPING):
        drafts_forget()
        calls_forget()
        sessions_forget()


@app.task(name=NOTICE_TASK, retry=AGAIN)
def notice(template: str, user: str, at: str, key: str) -> None:
    """Say to a person what changed in the access to the account."""
    notice_send(template=template, user_id=uuid.UUID(user), at=dt.datetime.fromisoformat(at), key=key)


@app.task(name=RESET_TASK, retry=AGAIN)
def reset(address: str, key: str) -> None:
    """Send the link of a new password. The address comes sealed, and may be nobody's."""
    reset_send(address=unseal(address, ADDRESS_COLUMN).decode(), key=key)
