"""Who is told of an object. Whoever causes a passage may not see them: a function of the owner names the accounts."""

import uuid
from typing import NamedTuple

from django.db import connection

from cases.notices.enums import About, To


class Told(NamedTuple):
    person_id: uuid.UUID
    partner_id: uuid.UUID | None
    role: str


def recipients(*, about: About, object_id: uuid.UUID, to: To) -> list[Told]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, partner_id, role FROM notice_recipients(%s, %s, %s)",
            [about.value, object_id, to.value],
        )
        return [Told(*row) for row in cursor.fetchall()]
