"""The circuit de protection, the reviews of a stay, and what is known six months later."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.circuit.selectors import steps_late, versions_to_start
from cases.circuit.services import (
    circuit_close,
    circuit_start,
    circuit_step_add,
    circuit_step_move,
    circuit_step_plan,
    circuit_template_publish,
)
from cases.models import (
    AfterStay,
    Circuit,
    CircuitStep,
    CircuitVersion,
    Milestone,
    Party,
    Placement,
    StayReview,
    StepState,
    Visibility,
)
from cases.stays.reviews.rules import reviews_due
from cases.stays.reviews.selectors import after_stays_asked
from cases.stays.reviews.services import ReviewAnswers, after_stay_note, review_write
from cases.stays.services import placement_confirm, placement_end
from tests.cases.steps import days_ago, held_by, open_case, place, refused_on, settle, walled
from tests.retention.steps import time_passes

ANSWERS = {
    "safety_id": "bilan_securite:SUR",
    "needs_care": True,
    "schooling_id": "bilan_scolarite:SUIVIE",
    "adhesion_id": "adhesion:ACCEPTE",
    "next_goal_id": "bilan_objectif:ECOLE",
}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " "))


def steps_of(*codes: str, owner="structure", visibility="structure") -> list[dict]:
    return [{"measure": f"mesure:{code}", "owner": owner, "days": 3, "visibility": visibility} for code in codes]


def asked_by(acting_as, stay):
    with acting_as("coordination"):
        return stay.case.sollicitations.get()


@pytest.fixture
def stay(cast, acting_as):
    """A confirmed stay at Les Tilleuls, of forty days, asked by the ASE service."""
    with acting_as("coordination"):
        _, case = open_case(cast, service="ASE du Nord", received_at=days_ago(300))
        placement = place(cast, case, arrived_at=days_ago(40))
        return placement_confirm(placement=placement, by=cast["coordination"])


@pytest.fixture
def circuit(cast, acting_as, stay):
    with acting_as("coordination"):
        version = versions_to_start().get(template__label__startswith="Exploitation sexuelle")
        return circuit_start(case=stay.case, version=version, started_on=stay.arrived_on, by=cast["coordination"])


def test_a_template_is_published_version_by_version_and_running_circuits_keep_theirs(cast, acting_as, circuit):
    by = cast["coordination"]
    with acting_as("coordination"):
        template = circuit.version.template
        assert circuit.steps.count() == len(circuit.version.steps) > 10
        for steps, words in (
            ([], "au moins une étape"),
            (steps_of("TEL", "TEL"), "une fois"),
            (steps_of("RIEN"), "mesures de la liste"),
            (steps_of("TEL", visibility="network"), "pouvoir la lire"),
            ([{**steps_of("TEL")[0], "days": 1000}], "échéance"),
        ):
            with refused_on("steps", match=words):
                circuit_template_publish(template=template, steps=steps, reason="Essai", by=by)
        following = circuit_template_publish(template=template, steps=steps_of("TEL"), reason="Essai", by=by)
        assert following.number == circuit.version.number + 1
        with refused_on(match="déjà celles"):
            circuit_template_publish(template=template, steps=steps_of("TEL"), reason="Essai", by=by)
        circuit.refresh_from_db()
        assert circuit.version.number == following.number - 1
        assert following in versions_to_start()
        assert circuit.version not in versions_to_start()
        _, other = open_case(cast)
        with refused_on("version", match="plus récente"):
            circuit_start(case=other, version=circuit.version, by=by)
        assert circuit_start(case=other, version=following, by=by).steps.get().measure_id == "mesure:TEL"
    for key in ("director_a", "ase", "editor"):
        with acting_as(key):
            assert not CircuitVersion.objects.exists()


def test_a_circuit_is_changed_for_one_minor_alone(cast, acting_as, circuit):
    by = cast["coordination"]
    today = timezone.localdate()
    with acting_as("coordination"):
        with refused_on("__all__", match="déjà en cours"):
            circuit_start(case=circuit.case, version=circuit.version, by=by)
        told = {"circuit": circuit, "due_on": today, "by": by}
        with refused_on("__all__", match="déjà dans le circuit"):
            circuit_step_add(measure_id="mesure:TEL", owner=Party.STRUCTURE, visibility=Visibility.STRUCTURE, **told)
        with refused_on("__all__", match="pouvoir la lire"):
            circuit_step_add(measure_id="mesure:ADD", owner=Party.REQUESTER, visibility=Visibility.STRUCTURE, **told)
        step = circuit_step_add(
            measure_id="mesure:ADD", owner=Party.STRUCTURE, visibility=Visibility.STRUCTURE, **told
        )
        assert step not in steps_late()
        yesterday = today - dt.timedelta(days=1)
        circuit_step_plan(step=step, owner=Party.NETWORK, due_on=yesterday, visibility=Visibility.NETWORK, by=by)
        assert step in steps_late()
        with refused_on("done_on"):
            circuit_step_move(step=step, state=StepState.MOOT, done_on=today, by=by)
        circuit_step_move(step=step, state=StepState.DONE, by=by)
        assert step.done_on == today
        assert step not in steps_late()
        circuit_step_move(step=step, state=StepState.REFUSED, by=by)
        assert (step.done_on, step.state) == (None, "refused")
        circuit_close(circuit=circuit, by=by)
        with refused_on(match="clos"):
            circuit_step_move(step=step, state=StepState.DONE, by=by)
        assert not steps_late().filter(circuit=circuit).exists()
        with held_by("circuit_one_running"):
            Circuit.objects.create(case=circuit.case, version=circuit.version, started_on=today)
            Circuit.objects.create(case=circuit.case, version=circuit.version, started_on=today)


def test_a_step_is_read_as_it_says_and_moved_by_who_answers_for_it(cast, acting_as, circuit, stay, client_of):
    with acting_as("coordination"):
        rows = {step.measure_id: step for step in circuit.steps.all()}
    ours, theirs, hidden = rows["mesure:PSEC"], rows["mesure:OPP"], rows["mesure:SORT"]
    readers = {
        "director_a": ({ours, theirs}, ours),
        "educator_a": ({ours, theirs}, ours),
        "ase": ({ours, theirs}, theirs),
        "director_b": (set(), None),
        "gendarme": (set(), None),
        "transmitter": (set(), None),
    }
    for key, (seen, own) in readers.items():
        with acting_as(key):
            assert {step for step in (ours, theirs, hidden) if CircuitStep.objects.filter(pk=step.pk).exists()} == seen
            assert Circuit.objects.filter(pk=circuit.pk).exists() is bool(seen)
            for step in (ours, theirs, hidden):
                if step == own:
                    circuit_step_move(step=step, state=StepState.DOING, note="Rendez-vous pris", by=cast[key])
                    with held_by("circuitstep_frozen"):
                        CircuitStep.objects.filter(pk=step.pk).update(due_on=timezone.localdate())
                else:
                    with refused_on(match="votre compte"):
                        circuit_step_move(step=step, state=StepState.DONE, by=cast[key])
                    assert CircuitStep.objects.filter(pk=step.pk).update(state="doing") == 0
            with walled():
                CircuitStep.objects.create(
                    circuit=circuit, measure_id="mesure:ADD", owner="network", due_on=timezone.localdate()
                )
    browser = client_of("educator_a")
    address = reverse("cases:step", args=[ours.pk])
    assert address in text_of(browser.get(reverse("cases:stay", args=[stay.pk])))
    assert "Rendez-vous pris" in text_of(browser.get(address))
    assert browser.post(address, {"state": "done", "done_on": "2999-01-01"}).status_code == 422
    assert browser.post(address, {"state": "done", "note": ""}).status_code == 302
    assert client_of("educator_a").get(reverse("cases:step", args=[hidden.pk])).status_code == 404
    shared = text_of(client_of("ase").get(reverse("cases:request_circuit", args=[asked_by(acting_as, stay).pk])))
    assert reverse("cases:step", args=[theirs.pk]) in shared
    home = text_of(client_of("ase").get("/"))
    assert reverse("cases:step", args=[theirs.pk]) in home
    assert client_of("ase").post(reverse("cases:step", args=[ours.pk]), {"state": "done"}).status_code == 404
    with acting_as("coordination"):
        ours.refresh_from_db()
        assert (ours.state, ours.note) == ("done", "")


def test_reviews_are_asked_at_their_day_written_once_and_late_where_they_should(cast, acting_as, stay, client_of):
    today = timezone.localdate()
    with acting_as("coordination"):
        asked = [due.milestone for due in reviews_due([stay], day=today)]
        assert asked == [Milestone.WEEK, Milestone.MONTH]
        with refused_on("written_on", match="à partir du"):
            review_write(
                placement=stay, milestone=Milestone.QUARTER, answers=ReviewAnswers(**ANSWERS), by=cast["coordination"]
            )
        with refused_on(match="à la fin du séjour"):
            review_write(
                placement=stay, milestone=Milestone.EXIT, answers=ReviewAnswers(**ANSWERS), by=cast["coordination"]
            )
        with held_by("stayreview_of_its_stay"):
            StayReview.objects.create(
                placement=stay, milestone=0, written_on=today, written_by=cast["coordination"], **ANSWERS
            )
    address = reverse("cases:stay_review", args=[stay.pk, 7])
    assert address in text_of(client_of("director_a").get("/"))
    assert "Bilan à 7 jours, bilan à 30 jours, Les Tilleuls" in text_of(
        client_of("coordination").get(reverse("havre_week"))
    )
    browser = client_of("educator_a")
    assert browser.get(reverse("cases:stay_review", args=[stay.pk, 90])).status_code == 404
    assert browser.post(address, {}).status_code == 422
    form = {name.removesuffix("_id"): value for name, value in ANSWERS.items()} | {"needs_care": "oui"}
    assert browser.post(address, form | {"words": "MARQUEUR-BILAN"}).status_code == 302
    assert "MARQUEUR-BILAN" in text_of(browser.get(address))
    assert address not in text_of(client_of("director_a").get("/"))
    for key in ("director_b", "ase", "gendarme", "dpo"):
        with acting_as(key):
            assert not StayReview.objects.exists()
            with walled():
                StayReview.objects.create(
                    placement=stay, milestone=30, written_on=today, written_by=cast[key], **ANSWERS
                )
    with acting_as("director_a"), refused_on("__all__", match="déjà fait"):
        review_write(placement=stay, milestone=Milestone.WEEK, answers=ReviewAnswers(**ANSWERS), by=cast["director_a"])


def test_the_end_of_a_stay_is_reviewed_and_asked_about_six_months_later(cast, acting_as, stay, client_of):
    by = cast["coordination"]
    with acting_as("coordination"):
        with refused_on(match="pas terminé"):
            after_stay_note(placement=stay, exploitation_id="reexploitation:NON", by=by)
        placement_end(placement=stay, ended_on=timezone.localdate(), reason_id="motif_fin:PREVUE", by=by)
        assert not after_stays_asked().exists()
    address = reverse("cases:stay_review", args=[stay.pk, 0])
    assert address in text_of(client_of("director_a").get("/"))
    with acting_as("educator_a"):
        review_write(placement=stay, milestone=Milestone.EXIT, answers=ReviewAnswers(**ANSWERS), by=cast["educator_a"])
        settle()
    assert address not in text_of(client_of("director_a").get("/"))
    time_passes(190, tables="cases_placement cases_stayreview")
    home = text_of(client_of("coordination").get(reverse("havre_week")))
    assert reverse("cases_placement:after", args=[stay.pk]) in home
    form = {"exploitation": "reexploitation:OUI", "known_on": f"{timezone.localdate()}", "words": "MARQUEUR-VEILLE"}
    browser = client_of("coordination")
    assert browser.post(reverse("cases_placement:after", args=[stay.pk]), form).status_code == 302
    with acting_as("coordination"):
        assert not after_stays_asked().exists()
        stay = Placement.objects.get(pk=stay.pk)
        after_stay_note(placement=stay, exploitation_id="reexploitation:NON", by=by)
        assert AfterStay.objects.get().exploitation_id == "reexploitation:NON"
        with held_by("afterstay_of_its_stay"):
            AfterStay.objects.update(known_on=stay.ended_on - dt.timedelta(days=1))
    for key in ("director_a", "ase"):
        with acting_as(key):
            assert not AfterStay.objects.exists()


def test_the_coordination_leads_a_circuit_from_its_screens(cast, acting_as, stay, client_of):
    browser = client_of("coordination")

    def post(name, *pks, **form):
        response = browser.post(reverse(name, args=pks), form)
        assert response.status_code == 302, response.context["form"].errors
        return response

    with acting_as("coordination"):
        version = versions_to_start().get(template__label="Servitude domestique")
    page = browser.get(reverse("cases_circuittemplate:publish", args=[version.template_id]))
    assert "Étape 16" in text_of(page)
    lines = {"steps-TOTAL_FORMS": 2, "steps-INITIAL_FORMS": 0}
    for number, code in enumerate(("TEL", "INT")):
        given = {"measure": f"mesure:{code}", "owner": "structure", "days": number, "visibility": "structure"}
        lines |= {f"steps-{number}-{name}": value for name, value in given.items()}
    post(
        "cases_circuittemplate:publish",
        version.template_id,
        label="Servitude domestique",
        reason="Essai",
        **lines,
    )
    assert "Étapes de la version 2" in text_of(
        browser.get(reverse("cases_circuittemplate:inspect", args=[version.template_id]))
    )
    with acting_as("coordination"):
        version = versions_to_start().get(template__label="Servitude domestique")
    post("cases_case:circuit", stay.case_id, version=str(version.pk), started_on=f"{stay.arrived_on}")
    with acting_as("coordination"):
        circuit = Circuit.objects.get(case_id=stay.case_id)
        step = circuit.steps.get(measure_id="mesure:TEL")
    form = {"measure": "mesure:ADD", "owner": "network", "due_on": "2026-03-01", "visibility": "network"}
    post("cases_circuit:step_add", circuit.pk, **form)
    post("cases_circuit:move", circuit.pk, step.pk, state="done", note="MARQUEUR-NOTE")
    post("cases_circuit:plan", circuit.pk, step.pk, owner="structure", due_on="2026-03-01", visibility="parties")
    assert "MARQUEUR-NOTE" in text_of(browser.get(reverse("cases_circuit:inspect", args=[circuit.pk])))
    form = {name.removesuffix("_id"): value for name, value in ANSWERS.items()}
    post("cases_placement:review", stay.pk, **form | {"milestone": "7", "needs_care": "non"})
    assert "aucun soin à engager" in text_of(browser.get(reverse("cases_placement:inspect", args=[stay.pk])))
    post("cases_placement:end", stay.pk, ended_on=f"{timezone.localdate()}", end_reason="motif_fin:PREVUE")
    post("cases_sollicitation:close", asked_by(acting_as, stay).pk, outcome="decision:RESEAU")
    post("cases_case:close", stay.case_id, reason="motif_cloture:ACCOMPLI", on=f"{timezone.localdate()}")
    with acting_as("coordination"):
        circuit.refresh_from_db()
        assert circuit.closed_on
