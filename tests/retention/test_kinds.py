"""What waits for an answer is kept, what was answered long ago leaves: invitations, requests for an account or about
rights, calls of the on-call.
"""

from datetime import timedelta

from django.utils import timezone

from cms.accounts.models import Invitation
from cms.data_rights.enums import RequestState
from cms.data_rights.models import RightsDetail, RightsRequest, RightsStep
from cms.data_rights.register.services import request_close
from cms.documents.models import AuthorisedUnit
from cms.documents.units.services import unit_list
from cms.files.models import Attachment
from cms.notify.duty.services.rings import ring_close
from cms.notify.models import Ring, RingStep
from cms.partners.models import Partner
from cms.proconnect.models import AccountRequest
from cms.proconnect.services.requests import request_refuse
from cms.retention.services.runs import run_prepare
from cms.wall import scope
from dashboards.reporting.models import Committee, StateQuestion
from dashboards.reporting.state.services import question_answer
from tests.cast.everything import all_rows
from tests.journal.sql import as_owner, run
from tests.retention.steps import erase_what_is_due, time_passes

TABLES = (
    "accounts_invitation proconnect_accountrequest notify_ring notify_ringstep rights_rightsrequest rights_rightsstep"
)


def test_what_was_answered_long_ago_leaves_and_what_waits_stays(cast):
    rows = all_rows()
    answered, waiting = rows["request_a"], rows["request_dpo"]
    with scope.acting(cast["coordination"]):
        request_refuse(request=rows["account_request"], reason="outside")
        ring_close(kind=rows["ring"].kind, object_id=rows["ring"].object_id)
    with scope.acting(cast["dpo"]):
        request_close(
            request=answered,
            by=cast["dpo"],
            outcome=RequestState.ANSWERED,
            on=timezone.localdate(),
            words="La copie du dossier a été remise en main propre.",
        )
    time_passes(7 * 365, tables=TABLES)
    erase_what_is_due()
    with scope.acting(cast["coordination"]):
        assert not Invitation.objects.exists()
        assert not AccountRequest.objects.exists()
        assert not Ring.objects.filter(pk=rows["ring"].pk).exists()
        assert not RingStep.objects.filter(ring_id=rows["ring"].pk).exists()
    with scope.acting(cast["dpo"]):
        kept = RightsRequest.objects.get(pk=answered.pk)
        assert (kept.reference[:2], kept.case_id, kept.state) == ("X-", None, RequestState.ANSWERED)
        assert not RightsDetail.objects.filter(request=answered).exists()
        assert not RightsStep.objects.filter(request=answered).exists()
        assert RightsDetail.objects.get(request=waiting).name == "MARQUEUR-DEMANDEUR-D"


def test_the_contact_of_a_unit_that_left_loses_its_name_and_the_review_stays(cast):
    today = timezone.localdate()
    with scope.acting(cast["coordination"]):
        unit = Partner.objects.get(code_name="Brigade 12")
        listed = unit_list(
            partner=unit, network_contact=cast["coordination"], contact_name="MARQUEUR-CONTACT",
            contact_position="Cheffe", contact_phone="01 02 03 04 05", review_on=today, by=cast["coordination"],
        )  # fmt: skip
    assert run_prepare() is None, "l’unité est au carnet"
    with as_owner(triggers=False):
        run("UPDATE partners_partner SET closed_on = %s WHERE id = %s", today - timedelta(days=500), unit.pk)
    erase_what_is_due()
    with scope.acting(cast["coordination"]):
        row = AuthorisedUnit.objects.get(pk=listed.pk)
        assert (row.contact_name, row.contact_phone, row.review_on) == ("Ancien contact", "", today)


def test_a_document_shared_with_the_state_leaves_five_years_after_its_answer_and_its_question_stays(cast):
    rows = all_rows()
    question, committee = rows["question_a"], rows["committee"]
    time_passes(6 * 365, tables="reporting_statequestion reporting_committee files_attachment")
    erase_what_is_due()
    with scope.acting(cast["coordination"]):
        shared = Attachment.objects.filter(object_kind__in=("statequestion", "committee"))
        assert [row.object_id for row in shared] == [question.pk], "la question attend sa réponse"
        question_answer(by=cast["coordination"], question=StateQuestion.objects.get(pk=question.pk), answer="Voici.")
    time_passes(6 * 365, tables="reporting_statequestion")
    erase_what_is_due()
    with scope.acting(cast["coordination"]):
        assert not Attachment.objects.filter(object_kind__in=("statequestion", "committee")).exists()
        assert StateQuestion.objects.filter(pk=question.pk).exists()
        assert Committee.objects.filter(pk=committee.pk).exists()
        assert Attachment.objects.filter(object_kind="convention").exists(), "une autre pièce n’est pas touchée"
