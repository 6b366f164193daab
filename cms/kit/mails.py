"""One message to one address. Its identifier bears the domain of the site, and never the name of the machine."""

import uuid
from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from cms.kit.templatetags.french import spaced

File = tuple[str, str, str]
"""Name, body, MIME type."""


def message_id(key: uuid.UUID | str) -> str:
    """Return the same identifier for every try of a message: a mailbox shows one."""
    return f"<{key}@{mail_domain()}>"


def mail_domain() -> str:
    """Return the domain of `BASE_URL`, or that of the sender on a machine that has no name."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return host if any(letter.isalpha() for letter in host) and "." in host else sender or "havre.invalid"


def mail(
    *,
    to: str,
    subject: str,
    body: str,
    key: uuid.UUID | str | None = None,
    files: Iterable[File] = (),
    connection: BaseEmailBackend | None = None,
) -> None:
    """Send, within `EMAIL_TIMEOUT`. Raise `SMTPException` or `OSError`: call it from a job, never from a request."""
    headers = {"Message-ID": message_id(key or uuid.uuid4())}
    message = EmailMessage(spaced(subject), spaced(body), None, [to], headers=headers)
    for file in files:
        message.attach(*file)
    message.connection = connection or get_connection()
    message.send()
