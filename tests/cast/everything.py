"""Every named row of the cast, for tests that walk."""

from django.db.models import Model

from cases.models import ExtraField
from cms.accounts.models import FactorReset, Invitation, RightsChange
from cms.documents.enums import DocumentKind
from cms.documents.versions.selectors import version_in_force
from cms.files.models import Attachment
from cms.home.models import HomePage
from cms.partners.models import Membership, Partner
from cms.proconnect.models import AccountRequest
from cms.users.models import User
from cms.values.models import Value
from cms.wall import scope
from formation.models import Enrolment, Session, SessionInvitation
from referentiel.models import Derogation, Visit
from tests.cast.exports import export_rows
from tests.cast.files import ATTACHMENTS
from tests.cast.incidents import incident_rows
from tests.cast.on_call import obligation_rows, on_call_rows
from tests.cast.reporting import reporting_rows
from tests.cast.rights import requests
from tests.cast.situations import rows as rows_of_cases


def account_rows(partner: Partner) -> dict[str, Model]:
    """Rows of accounts: who belongs to A, who directs B, what waits for an answer or for a second person."""
    return {
        "account": User.objects.get(email="educator-a@havre.example"),
        "member_a": Membership.objects.get(user__email="educator-a@havre.example"),
        "member_director_b": Membership.objects.get(user__email="director-b@havre.example"),
        "invitation_a": Invitation.objects.pending().filter(partner=partner).first(),
        "rights_change": RightsChange.objects.pending().first(),
        "factor_loss": FactorReset.objects.pending().first(),
    }


def attachments_of_cast() -> dict[str, Model]:
    titles = {str(row.title): row for row in Attachment.objects.all()}
    return {name: titles[f"MARQUEUR-{name}"] for name in ATTACHMENTS}


def all_rows() -> dict[str, Model]:
    rows = rows_of_cases() | requests() | export_rows() | obligation_rows()
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        rows["version"] = version_in_force(DocumentKind.REFERENTIEL)
        rows["partner_a"] = Partner.objects.get(code_name="Les Tilleuls")
        rows["partner_b"] = Partner.objects.get(code_name="Aubépine")
        rows["protocol"] = version_in_force(DocumentKind.FSI_PROTOCOL)
        rows["brigade"] = Partner.objects.get(code_name="Brigade 12")
        rows["convention_a"] = rows["partner_a"].conventions.get()
        rows["visit_a"] = Visit.objects.get(partner=rows["partner_a"])
        rows["visit_b"] = Visit.objects.get(partner=rows["partner_b"])
        rows["derogation_a"] = Derogation.objects.get()
        rows |= account_rows(rows["partner_a"])
        rows.update(attachments_of_cast())
        rows |= on_call_rows()
        rows |= incident_rows()
        rows["extra_field"] = ExtraField.objects.get(code="personne_de_confiance")
        rows |= reporting_rows()
        rows["account_request"] = AccountRequest.objects.get()
        rows["home"] = HomePage.objects.get(slug="accueil")
        rows["value"] = Value.objects.get(pk="urgence:U3")
        rows["session"] = (
            Session.objects.order_by("starts_on", "pk").filter(trainers__email="trainer@havre.example").first()
        )
        rows["session_b"] = Session.objects.exclude(trainers__email="trainer@havre.example").order_by("pk").first()
        rows["half_day"] = rows["session"].half_days.order_by("begins_at").last()
        rows["half_day_b"] = rows["session_b"].half_days.order_by("begins_at").first()
        for name, partner in (("a", "partner_a"), ("b", "partner_b")):
            rows[f"session_invitation_{name}"] = SessionInvitation.objects.get(partner=rows[partner])
        rows["enrolment"] = Enrolment.objects.filter(session=rows["session"], employer=rows["partner_a"]).first()
    return rows
