"""Messages of security, which nobody chooses not to receive: something awaits, and a link. Never a name, a structure,
a place or a role. Everything else goes through `cms.notify`.

What a request causes is queued in its transaction and leaves from a worker (`cms/sessions/tasks.py`): a silent server
of messages holds nobody who is waiting for a page. The queue holds no address in clear.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from smtplib import SMTPException, SMTPRecipientsRefused

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone

from cms.kit.addresses import address_of, home_address
from cms.kit.mails import mail
from cms.users.adapter import NOTICE_TASK, RESET_TASK
from cms.users.models import User

SUBJECTS = {
    "dormant": "Votre compte sera bientôt suspendu",
    "review": "Une revue vous attend",
}
RESET = "account/email/password_reset_key"
LATE = dt.timedelta(minutes=2)
WAITING = """
SELECT min(e.at) FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
WHERE j.task_name = ANY(%s) AND j.status IN ('todo', 'doing')
"""


def mail_send(kind: str, addresses: Sequence[str], **context: object) -> None:
    """Send one message to each address. Raises `ValidationError` when the server of messages does not take it."""
    text = render_to_string(f"sessions/mails/{kind}.txt", {"sign_in": home_address(), **context})
    try:
        for address in addresses:
            mail(to=address, subject=f"Havre : {SUBJECTS[kind].lower()}", body=text)
    except (SMTPException, OSError) as error:
        raise ValidationError("Le message n’est pas parti : réessayez dans quelques minutes.") from error


def notice_send(*, template: str, user_id: uuid.UUID, at: dt.datetime, key: str) -> None:
    """Tell somebody what changed in the access to their account. Raises what the server of messages raises."""
    user = User.objects.filter(pk=user_id).first()
    if user:
        _send(get_connection(), template, user, key, {"timestamp": timezone.localtime(at)})


def reset_send(*, address: str, key: str) -> None:
    """Send the link that chooses a new password, if the address is that of an open account; else nothing to anybody.

    The server is spoken to either way: what waits in the queue must not say which addresses are known.
    """
    with get_connection() as server:
        for user in filter_users_by_email(address, is_active=True, prefer_verified=True, for_login=True):
            token = default_token_generator.make_token(user)
            link = address_of("account_reset_password_from_key", user_pk_to_url_str(user), token)
            _send(server, RESET, user, f"{key}-{user.pk}", {"password_reset_url": link})


def waiting_since(at: dt.datetime | None = None) -> dt.datetime | None:
    """Return since when a message of security has been waiting, when that is longer than it should be.

    The same for whoever asks, whatever address they typed.
    """
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [[NOTICE_TASK, RESET_TASK]])
        since = cursor.fetchone()[0]
    return since if since and since < (at or timezone.now()) - LATE else None


def _send(server: BaseEmailBackend, template: str, user: User, key: str, context: dict[str, object]) -> None:
    subject = render_to_string(f"{template}_subject.txt").strip()
    body = render_to_string(f"{template}_message.txt", context).strip()
    try:
        mail(to=user.email, subject=subject, body=body, key=key, connection=server)
    except SMTPRecipientsRefused:
        return  # an address that its own server does not know: trying again changes nothing
