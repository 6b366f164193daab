"""The copy of one file: what it masks, who agrees, what is refused. Words are planted in every text of the file."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.arrival.services.linking import linking_cancel, linking_open
from cases.files.services import identity_write
from cases.models import Incident, Placement, SollicitationDetail
from cases.stays.reviews.services import after_stay_note
from cases.stays.services import placement_end
from cms.data_rights.copies.papers import copy_content, copy_json, copy_pdf
from cms.data_rights.copies.rules import PERSON, STRUCTURE, file_items
from cms.data_rights.copies.services import LEAVES, copy_agree, copy_items, copy_make, copy_prepare
from cms.data_rights.enums import WithheldReason
from cms.data_rights.models import FileCopy
from cms.journal.models import JournalLine
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open

NEVER = (
    "MARQUEUR-RAPPEL-A",
    "MARQUEUR-NOM-REEL-A",
    "MARQUEUR-ADRESSE-A",
    "Les Tilleuls",
    "Brigade 12",
    "Vasseur",
    "Roche",
)
"""Who to call back, the structure and its address, names of professionals: nowhere in a copy, whatever is chosen."""
STORY = "Claire Vasseur et Alice Martin m’ont menée aux Tilleuls, au MARQUEUR-ADRESSE-A, puis à Les Tilleuls. "
STORY += "<i>MARQUEUR-RECIT-LONG"


@pytest.fixture
def story(acting_as, cast, found):
    """A narrative that says the names and the address that must not leave."""
    with acting_as("coordination"):
        identity_write(case=found["case_a"], by=cast["coordination"], narrative=STORY, place="MARQUEUR-LIEU")


@pytest.fixture
def opened(acting_as, cast, found):
    with acting_as("coordination"):
        reveal_open(kind="case", object_id=found["case_a"].pk, by=cast["coordination"], reason=RevealReason.AUTHORITY)


def chosen(items, choice=LEAVES):
    return {item.key: choice for item in items if item.is_read_through}


@pytest.fixture
def prepared(acting_as, cast, request_a, story, opened):
    with acting_as("coordination"):
        items = copy_items(request=request_a)
        return copy_prepare(request=request_a, by=cast["coordination"], choices=chosen(items))


def test_nothing_that_would_find_a_place_or_a_person_is_in_the_copy(acting_as, found, story, opened):
    with acting_as("coordination"):
        items = file_items(found["case_a"].pk)
    text = "\n".join(f"{item.section} {item.label} {item.value}" for item in items)
    assert [word for word in NEVER if word in text] == []
    assert "MARQUEUR-RECIT-LONG" in text
    assert f"{PERSON} et {PERSON} m’ont menée" in text
    assert STRUCTURE in text
    assert "Structure 1" in text


def test_what_came_to_nothing_and_what_is_known_since_are_in_the_copy(acting_as, cast, found, opened):
    by, stay = cast["coordination"], found["placement_a"]
    with acting_as("coordination"):
        placement_end(placement=stay, ended_on=timezone.localdate(), reason_id="motif_fin:PREVUE", by=by)
        after_stay_note(placement=stay, exploitation_id="reexploitation:OUI", by=by, words="MARQUEUR-VEILLE")
        given_up = linking_open(case=found["case_a"], partner=found["partner_b"], by=by)
        linking_cancel(linking=given_up, by=by)
        items = file_items(found["case_a"].pk)
    told = {(item.section, item.label): item for item in items}
    linking = f"Mise en lien commencée le {timezone.localdate():%d/%m/%Y}"
    assert told[linking, "Structure"].value.startswith("Structure ")
    assert told[linking, "Abandonnée le"].value == f"{timezone.localdate():%d/%m/%Y}"
    [how] = [item for item in items if item.value == "MARQUEUR-VEILLE"]
    assert (how.label, how.is_read_through) == ("Comment on l’a su", True)
    assert [item.label for item in items if item.key.endswith(".Six mois après")] == ["Six mois après"]


def test_every_text_is_read_through(acting_as, found, story, opened):
    with acting_as("coordination"):
        items = file_items(found["case_a"].pk)
    told = ("MARQUEUR-LIEU", "MARQUEUR-RECIT", "MARQUEUR-INITIALES", "MARQUEUR-FAITS")
    words = [item for item in items if any(marker in item.value for marker in told)]
    assert len(words) >= 4
    assert all(item.is_read_through for item in words)


def test_a_confidential_incident_is_read_through_whole(acting_as, found, opened):
    with acting_as("coordination"):
        incident = Incident.objects.get(pk=found["incident_a_confidential"].pk)
        assert incident.placement.case == found["case_a"]
        items = [item for item in file_items(found["case_a"].pk) if str(incident.pk) in item.key]
    assert items
    assert all(item.is_read_through for item in items)


def test_the_identity_is_opened_first_with_a_reason(acting_as, request_a):
    with acting_as("coordination"), pytest.raises(ValidationError) as refused:
        copy_items(request=request_a)
    assert refused.value.code == "reveal"


@pytest.mark.parametrize("key", ["dpo", "director_a", "gendarme", "tech_admin"])
def test_nobody_else_reads_the_file_through(acting_as, request_a, key):
    with acting_as(key), pytest.raises(ValidationError):
        copy_items(request=request_a)


def test_a_passage_without_an_answer_keeps_everything_in(acting_as, cast, request_a, story, opened):
    with acting_as("coordination"):
        items = copy_items(request=request_a)
        choices = chosen(items)
        choices.popitem()
        with pytest.raises(ValidationError):
            copy_prepare(request=request_a, by=cast["coordination"], choices=choices)
        with pytest.raises(ValidationError):
            copy_prepare(request=request_a, by=cast["coordination"], choices=chosen(items, "peut-être"))
        assert not FileCopy.objects.exists()


def test_two_people_and_no_less(acting_as, cast, prepared):
    with acting_as("coordination"):
        with pytest.raises(ValidationError):
            copy_make(copy=prepared, by=cast["coordination"])
        with pytest.raises(ValidationError):
            copy_agree(copy=prepared, by=cast["coordination"])
        row = FileCopy.objects.filter(pk=prepared.pk)
        assert not row.update(agreed_by=cast["coordination"], agreed_at=prepared.asked_at)
    with acting_as("dpo"):
        copy_agree(copy=prepared, by=cast["dpo"])
        with pytest.raises(ValidationError):
            copy_make(copy=FileCopy.objects.get(pk=prepared.pk), by=cast["dpo"])
    with acting_as("coordination"):
        assert copy_make(copy=FileCopy.objects.get(pk=prepared.pk), by=cast["coordination"])


def test_who_prepared_it_does_not_agree_even_of_the_direction(acting_as, cast, found, request_a):
    with acting_as("direction"):
        reveal_open(kind="case", object_id=found["case_a"].pk, by=cast["direction"], reason=RevealReason.AUTHORITY)
        items = copy_items(request=request_a)
        copy = copy_prepare(request=request_a, by=cast["direction"], choices=chosen(items))
        with pytest.raises(IntegrityError, match="filecopy_two_people"), transaction.atomic():
            FileCopy.objects.filter(pk=copy.pk).update(agreed_by=cast["direction"], agreed_at=copy.asked_at)


def test_a_file_that_changed_is_read_through_again(acting_as, cast, found, prepared):
    with acting_as("dpo"):
        copy_agree(copy=prepared, by=cast["dpo"])
    with acting_as("coordination"):
        detail = SollicitationDetail.objects.get(sollicitation=found["sollicitation_a"])
        detail.narrative = "MARQUEUR-AJOUT-APRES"
        detail.save()
        with pytest.raises(ValidationError) as refused:
            copy_make(copy=FileCopy.objects.get(pk=prepared.pk), by=cast["coordination"])
    assert "changé" in refused.value.messages[0]


def test_what_stays_is_counted_and_not_shown(acting_as, cast, request_a, story, opened):
    with acting_as("coordination"):
        items = copy_items(request=request_a)
        choices = chosen(items, WithheldReason.THIRD_PARTY)
        copy = copy_prepare(request=request_a, by=cast["coordination"], choices=choices)
    with acting_as("dpo"):
        copy_agree(copy=copy, by=cast["dpo"])
    with acting_as("coordination"):
        copy = FileCopy.objects.get(pk=copy.pk)
        leaving = copy_make(copy=copy, by=cast["coordination"])
        content = copy_content(copy, leaving)
        text = copy_json(copy, leaving).decode()
    assert content["withheld"] == [(WithheldReason.THIRD_PARTY.label, str(len(choices)))]
    assert not any(marker in text for marker in ("MARQUEUR-RECIT", "MARQUEUR-LIEU", "MARQUEUR-FAITS", *NEVER))
    assert "MARQUEUR-NOM-A" in text


def test_a_copy_holds_no_text_and_the_journal_neither(acting_as, prepared, found):
    with acting_as("direction"):
        kept = json.dumps(FileCopy.objects.get(pk=prepared.pk).choices, ensure_ascii=False)
        lines = JournalLine.objects.filter(object_id=found["case_a"].pk, action="rights.copy.prepare")
        said = str([line.details for line in lines])
    assert "MARQUEUR" not in kept + said
    assert len(lines) == 1


def test_words_of_the_file_are_never_markup(acting_as, cast, found, request_a, opened):
    with acting_as("coordination"):
        identity_write(case=found["case_a"], by=cast["coordination"], narrative='#read("/etc/passwd") $ * _ [ \\')
        items = copy_items(request=request_a)
        copy = copy_prepare(request=request_a, by=cast["coordination"], choices=chosen(items))
        assert copy_pdf(copy, items).startswith(b"%PDF")


def test_the_whole_chain_on_screen(client_of, acting_as, found, request_a, story):
    coordination, dpo = client_of("coordination"), client_of("dpo")
    read = reverse("havre_rights:copy", args=[request_a.pk])
    assert "Pourquoi l’ouvrir" in coordination.get(read).content.decode()
    assert coordination.post(read, {"reason": "authority"}).status_code == 302
    page = coordination.get(read).content.decode()
    assert "MARQUEUR-RECIT-LONG" in page
    assert "<i>MARQUEUR" not in page
    assert [word for word in NEVER if word in page.split("hv-main")[1]] == []
    with acting_as("coordination"):
        passages = len(chosen(file_items(found["case_a"].pk)))
    assert coordination.post(read, {"passage-0": LEAVES}).status_code == 422
    answers = {f"passage-{number}": LEAVES for number in range(passages)}
    assert coordination.post(read, answers).status_code == 302
    with acting_as("dpo"):
        copy = FileCopy.objects.get()
    agree = reverse("havre_rights:copy_agree", args=[request_a.pk, copy.pk])
    assert "MARQUEUR" not in dpo.get(agree).content.decode()
    assert dpo.post(agree, {}).status_code == 422
    make = reverse("havre_rights:copy_make", args=[request_a.pk, copy.pk])
    assert coordination.post(make, {"format": "pdf"}).status_code == 422
    assert dpo.post(agree, {"is_sure": "on"}).status_code == 302
    assert dpo.get(make).status_code == 404
    answer = coordination.post(make, {"format": "pdf"})
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="copie.pdf"'
    assert answer.headers["Cache-Control"]
    body = json.loads(coordination.post(make, {"format": "json"}).content)
    assert body["sections"][0]["title"] == "Identité"
    with acting_as("direction"):
        assert JournalLine.objects.filter(object_id=found["case_a"].pk, action="rights.copy.export").count() == 2
        assert Placement.objects.exists()
