"""Every named row of the cast, for tests that walk."""

from django.db.models import Model

from cms.access import scope
from cms.documents.models import DocumentKind
from cms.documents.selectors import version_in_force
from cms.home.models import HomePage
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.models import Value
from formation.models import Enrolment, Session
from tests.cast.rights import requests
from tests.cast.situations import rows as rows_of_cases


def all_rows() -> dict[str, Model]:
    rows = rows_of_cases() | requests()
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        rows["version"] = version_in_force(DocumentKind.REFERENTIEL)
        rows["partner_a"] = Partner.objects.get(code_name="Les Tilleuls")
        rows["partner_b"] = Partner.objects.get(code_name="Aubépine")
        rows["convention_a"] = rows["partner_a"].conventions.get()
        rows["home"] = HomePage.objects.get()
        rows["value"] = Value.objects.get(pk="urgence:U3")
        rows["session"] = (
            Session.objects.order_by("starts_on", "pk").filter(trainers__email="trainer@havre.example").first()
        )
        rows["session_b"] = Session.objects.exclude(trainers__email="trainer@havre.example").order_by("pk").first()
        rows["enrolment"] = Enrolment.objects.filter(session=rows["session"], employer=rows["partner_a"]).first()
    return rows
