"""A published quarter, one that waits for a second person, and questions between the State and the coordination."""

import datetime as dt

from django.db.models import Model

from cms.files.models import Attachment
from cms.files.services import attachment_add
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from dashboards.periods import Period
from dashboards.reporting.history.services import history_ask, register_try
from dashboards.reporting.models import ClosedPeriod, Committee, HistoryImport, Release, StateQuestion
from dashboards.reporting.periods.services import period_close_agree, period_close_ask
from dashboards.reporting.releases.services import release_agree, release_ask
from dashboards.reporting.state.services import committee_write, question_ask
from tests.cast.files import pdf, upload
from tests.cast.registers import GOOD_LINE, register_book

PUBLISHED = Period(dt.date(2024, 1, 1), dt.date(2024, 3, 31))
WAITING = Period(dt.date(2024, 4, 1), dt.date(2024, 6, 30))


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@havre.example")


def reporting() -> None:
    first, second = person("coordination"), person("direction")
    with scope.acting(first):
        closed = period_close_ask(by=first, period=PUBLISHED, title="1er trimestre 2024")
        period_close_ask(by=first, period=WAITING, title="2e trimestre 2024")
    with scope.acting(second):
        closed = period_close_agree(by=second, closed=closed)
        release = release_ask(by=second, closed=closed)
    with scope.acting(first):
        release_agree(by=first, release=release)
        committee = committee_write(by=first, title="Comité de suivi", held_on=dt.date(2026, 1, 15))
        _share(first, "committee", committee)
        other = partner_create(
            PartnerCard(kind=PartnerKind.STATE, code_name="Autre service", opened_on=dt.date(2024, 1, 1))
        )
        question_ask(by=first, partner=other, subject="Question ailleurs", body="MARQUEUR-QUESTION-B")
        data = register_book([GOOD_LINE])
        history_ask(data=data, lines=register_try(data=data, by=first), title="Registre 2022", by=first)
    reader = person("state-reader")
    with scope.acting(reader):
        asked = question_ask(by=reader, partner=_own(reader), subject="Question", body="MARQUEUR-QUESTION-A")
        _share(reader, "statequestion", asked)


def _share(by: User, kind: str, row: Model) -> None:
    attachment_add(kind=kind, object_id=row.pk, file=upload("a.pdf", pdf()), title=f"MARQUEUR-piece-{kind}", by=by)


def _own(reader: User) -> Partner:
    return Partner.objects.get(memberships__user=reader)


def reporting_rows() -> dict[str, Model]:
    return {
        "closed": ClosedPeriod.objects.get(first=PUBLISHED.first),
        "release": Release.objects.get(first=PUBLISHED.first),
        "committee": Committee.objects.get(),
        "question_a": StateQuestion.objects.get(subject="Question"),
        "piece_question_a": Attachment.objects.get(object_kind="statequestion"),
        "piece_committee": Attachment.objects.get(object_kind="committee"),
        "history_import": HistoryImport.objects.get(),
        "question_b": StateQuestion.objects.get(subject="Question ailleurs"),
    }
