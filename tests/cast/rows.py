"""Every named row of the cast, for tests that walk."""

from django.db.models import Model

from cms.access import scope
from cms.users.models import User
from tests.cast.situations import rows as rows_of_cases


def all_rows() -> dict[str, Model]:
    from cms.documents.models import DocumentKind
    from cms.documents.selectors import version_in_force
    from formation.models import Enrolment, Session

    rows = rows_of_cases()
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        rows["version"] = version_in_force(DocumentKind.REFERENTIEL)
        rows["session"] = Session.objects.order_by("starts_on", "pk").filter(trainers__email="trainer@havre.example").first()
        rows["session_b"] = Session.objects.exclude(trainers__email="trainer@havre.example").order_by("pk").first()
        rows["enrolment"] = Enrolment.objects.filter(session=rows["session"]).order_by("pk").first()
    return rows
