"""What is kept around the référentiel: readings while their version may be signed, visits while they keep one out."""

from cms.documents.models import Reading
from cms.files.models import Attachment
from cms.wall import scope
from referentiel.assessments.services import evidence_add
from referentiel.derogations.services import derogation_revoke
from referentiel.models import Assessment, Derogation, Evidence, Mark, Visit
from referentiel.visits.selectors.marks import failing_marks
from referentiel.visits.services.visits import visit_cancel
from tests.cast.assessments import SOON, assessment, campaign
from tests.cast.everything import all_rows
from tests.cast.files import pdf, upload
from tests.cast.readings import read_whole
from tests.cast.visits import confirmed, person
from tests.retention.steps import erase_what_is_due, time_passes

TABLES = (
    "referentiel_visit referentiel_visitmark referentiel_observation referentiel_confirmedmark referentiel_derogation "
    "referentiel_campaign referentiel_assessment referentiel_mark referentiel_evidence "
    "documents_reading"
)


def test_what_is_over_leaves_and_a_mark_that_keeps_a_structure_out_stays(cast):
    rows, by = all_rows(), cast["coordination"]
    director = person("director_a")
    row = assessment(campaign())
    with scope.acting(director):
        evidence_add(assessment=row, code="E1.3", title="Planning", by=director, file=upload("p.pdf", pdf()),
                     valid_until=SOON)  # fmt: skip
        read_whole(director, rows["version"], rows["partner_a"])
    confirmed("E1.3", "2")
    with scope.acting(by):
        visit_cancel(visit=rows["visit_b"], reason="Reportée.", by=by)
        derogation_revoke(derogation=rows["derogation_a"], reason="Inutile.", by=by)
        readings = Reading.objects.count()
    time_passes(6 * 365, tables=TABLES)
    erase_what_is_due()
    with scope.acting(by):
        assert [mark.code for mark in failing_marks()] == ["E1.3"]
        assert [visit.pk for visit in Visit.objects.all()] == [failing_marks().get().visit_id]
        for model in (Derogation, Assessment, Mark, Evidence):
            assert not model.objects.exists(), model
        assert not Attachment.objects.filter(object_kind="evidence").exists()
        # The version may still be signed: what was read of it serves.
        assert Reading.objects.count() == readings > 0
