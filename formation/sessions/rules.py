"""When the questionnaires of a session are answered, and the link that opens one."""

import base64
import binascii
import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from formation.common.rules import CodeRefusalError
from formation.enums import AnswerWay, Moment

ANSWERS = "formation.answers"


@dataclass(frozen=True)
class Window:
    """When the questionnaires of a session are answered."""

    before_until: dt.datetime
    after_from: dt.datetime
    after_until: dt.datetime

    @property
    def last_day(self) -> dt.date:
        """The last one on which answers are taken, where the session is held."""
        return (self.after_until - dt.timedelta(minutes=1)).date()

    def moment_at(self, at: dt.datetime) -> Moment | None:
        if at <= self.before_until:
            return Moment.BEFORE
        return Moment.AFTER if self.after_from <= at < self.after_until else None


def answer_token(person_id: uuid.UUID, way: str) -> str:
    """Sign the link to the questionnaire of one enrolment, or of one walk-in: it never expires."""
    packed = base64.urlsafe_b64encode(person_id.bytes).decode().rstrip("=")
    return Signer(salt=ANSWERS).sign(f"{way[0]}{packed}").replace(":", ".")


def answer_read(token: str) -> tuple[uuid.UUID, str]:
    """Return who answers, and how. Raise `CodeRefusalError`."""
    try:
        words = Signer(salt=ANSWERS).unsign(token.replace(".", ":"))
        person_id = uuid.UUID(bytes=base64.urlsafe_b64decode(words[1:] + "=="))
    except (BadSignature, binascii.Error, ValueError) as error:
        raise CodeRefusalError("forged") from error
    return person_id, {way[0]: way for way in AnswerWay.values}[words[0]]
