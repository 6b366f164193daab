"""Two hundred at once, each in its own connection: one answer, one signature, one version, one place for each arrival.

The arrivals stand with the other races of stays: tests/cases/test_concurrency.py.
"""

from functools import partial

from django.utils import timezone

from cases.models import Proposal
from cases.proposals.services import proposal_answer
from cms.documents.models import Acknowledgement, Document, DocumentVersion
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.services.versions import ClauseContent, version_publish
from cms.notify.models import Obligation
from cms.partners.models import Partner
from cms.wall import scope
from tests.cases.test_concurrency import at_once, by, committed, refusals  # noqa: F401 (a fixture)
from tests.cast.everything import all_rows
from tests.cast.readings import read_whole

AT_ONCE = 200
DIRECTOR = "director-a@havre.example"


def test_two_hundred_answers_of_a_structure_are_one_and_tell_once(committed):  # noqa: F811
    pk = committed["proposal_a"].pk

    def answer():
        return proposal_answer(
            proposal=Proposal.objects.get(pk=pk),
            answer_id="reponse:ACC",
            answered_by=by(DIRECTOR),
            available_from=timezone.now(),
        )

    results = at_once(DIRECTOR, *[answer] * AT_ONCE)
    assert len(refusals(results)) == AT_ONCE - 1
    with scope.acting(scope.NOTIFY):
        told = Obligation.objects.filter(object_id=pk, kind="proposal_accepted")
        assert told.values("person_id").distinct().count() == told.count() > 0


def test_two_hundred_signatures_of_a_director_are_one(committed):  # noqa: F811
    version = all_rows()["version"]
    with scope.acting(by(DIRECTOR)):
        house = Partner.objects.get(code_name="Les Tilleuls")
        read_whole(by(DIRECTOR), version, house)
        before = Acknowledgement.objects.filter(version=version, partner=house).count()

    def sign():
        return acknowledgement_sign(
            version=DocumentVersion.objects.get(pk=version.pk),
            partner=house,
            signed_by=by(DIRECTOR),
            position="Directeur",
        )

    results = at_once(DIRECTOR, *[sign] * AT_ONCE)
    assert (before, len(refusals(results))) == (0, AT_ONCE - 1)
    with scope.acting(by()):
        assert Acknowledgement.objects.filter(version=version, partner=house).count() == 1


def test_two_hundred_publications_of_a_number_leave_one_version(committed):  # noqa: F811
    def publish(turn: int):
        return version_publish(
            document=Document.objects.get(kind="charter"),
            clauses=[ClauseContent("C1", {"text": f"Texte {turn}."})],
            content={},
            number="9.0",
            effective_on=timezone.localdate(),
            is_major=True,
            change_note="Deux cents à la fois",
            published_by=by(),
        )

    results = at_once(by().email, *[partial(publish, turn) for turn in range(AT_ONCE)])
    assert len(refusals(results)) == AT_ONCE - 1
    with scope.acting(by()):
        [kept] = DocumentVersion.objects.filter(document__kind="charter", number="9.0")
        assert kept.clauses.count() == 1
