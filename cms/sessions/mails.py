"""Messages of security, which nobody chooses not to receive: something awaits, and a link. Never a name, a structure,
a place or a role. Everything else goes through `cms.notify`.
"""

from collections.abc import Sequence
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.template.loader import render_to_string

from cms.kit.addresses import home_address

SUBJECTS = {
    "dormant": "Votre compte sera bientôt suspendu",
    "review": "Une revue vous attend",
}


def mail_send(kind: str, addresses: Sequence[str], **context: object) -> None:
    """Send one message to each address. Raises `ValidationError` when the server of messages does not take it."""
    text = render_to_string(f"sessions/mails/{kind}.txt", {"sign_in": home_address(), **context})
    try:
        for address in addresses:
            send_mail(
                subject=f"Havre : {SUBJECTS[kind].lower()}", message=text, from_email=None, recipient_list=[address]
            )
    except (SMTPException, OSError) as error:
        raise ValidationError("Le message n’est pas parti : réessayez dans quelques minutes.") from error
