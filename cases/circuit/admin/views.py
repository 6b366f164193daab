"""Actions of the coordination on circuits, reviews and what follows a stay."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.arrival.enums import Party
from cases.circuit.admin.forms import AddStepForm, AfterForm, CloseForm, MoveForm, PlanForm, ReviewForm, StartForm
from cases.circuit.enums import StepState, Visibility
from cases.circuit.models import Circuit, CircuitStep
from cases.circuit.services import circuit_close, circuit_start, circuit_step_add, circuit_step_move, circuit_step_plan
from cases.common.admin.views import data_of, file_url, row_or_404
from cases.files.models import Case
from cases.stays.models import Placement
from cases.stays.reviews.models import AfterStay
from cases.stays.reviews.services import after_stay_note, review_write
from cms.kit.pages import action_page


def case_circuit_view(request: HttpRequest, pk) -> HttpResponse:
    case = row_or_404(Case.objects, pk)
    opened = []
    response = action_page(
        request,
        form=StartForm(data_of(request)),
        run=lambda cleaned: opened.append(
            circuit_start(case=case, version=cleaned["version"], started_on=cleaned["started_on"], by=request.user)
        ),
        title="Commencer un circuit de protection",
        subtitle=str(case),
        intro="Les étapes du modèle se datent à partir de ce jour. Vous les changez ensuite pour ce mineur seul.",
        done="Le circuit est commencé.",
        back_url=file_url(case),
        submit_label="Commencer",
    )
    if opened and response.status_code == 302:
        response["Location"] = file_url(opened[0])
    return response


def _circuit(pk) -> Circuit:
    return row_or_404(Circuit.objects.select_related("case"), pk)


def _step(pk, step_pk) -> CircuitStep:
    rows = CircuitStep.objects.filter(circuit_id=pk).select_related("circuit", "measure")
    return row_or_404(rows, step_pk)


def circuit_add_view(request: HttpRequest, pk) -> HttpResponse:
    circuit = _circuit(pk)
    return action_page(
        request,
        form=AddStepForm(data_of(request)),
        run=lambda cleaned: circuit_step_add(
            circuit=circuit,
            measure_id=cleaned["measure"].pk,
            owner=Party(cleaned["owner"]),
            due_on=cleaned["due_on"],
            visibility=Visibility(cleaned["visibility"]),
            by=request.user,
        ),
        title="Ajouter une étape",
        subtitle=str(circuit),
        done="L’étape est ajoutée.",
        back_url=file_url(circuit),
    )


def circuit_plan_view(request: HttpRequest, pk, step_pk) -> HttpResponse:
    step = _step(pk, step_pk)
    initial = {"owner": step.owner, "due_on": step.due_on, "visibility": step.visibility}
    return action_page(
        request,
        form=PlanForm(data_of(request), initial=initial),
        run=lambda cleaned: circuit_step_plan(
            step=step,
            owner=Party(cleaned["owner"]),
            due_on=cleaned["due_on"],
            visibility=Visibility(cleaned["visibility"]),
            by=request.user,
        ),
        title="Replanifier l’étape",
        subtitle=str(step.measure),
        done="L’étape est replanifiée.",
        back_url=file_url(step.circuit),
    )


def circuit_move_view(request: HttpRequest, pk, step_pk) -> HttpResponse:
    step = _step(pk, step_pk)
    return action_page(
        request,
        form=MoveForm(data_of(request), step=step),
        run=lambda cleaned: circuit_step_move(
            step=step,
            state=StepState(cleaned["state"]),
            done_on=cleaned["done_on"],
            note=cleaned["note"],
            by=request.user,
        ),
        title="Dire où en est l’étape",
        subtitle=str(step.measure),
        done="L’étape est à jour.",
        back_url=file_url(step.circuit),
    )


def circuit_close_view(request: HttpRequest, pk) -> HttpResponse:
    circuit = _circuit(pk)
    return action_page(
        request,
        form=CloseForm(data_of(request)),
        run=lambda cleaned: circuit_close(circuit=circuit, on=cleaned["on"], by=request.user),
        title="Clore le circuit",
        subtitle=str(circuit),
        intro="Ce qui n’est pas fait reste écrit tel quel. Un autre circuit pourra commencer.",
        done="Le circuit est clos.",
        back_url=file_url(circuit),
        submit_label="Clore",
    )


def placement_review_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Placement.objects.select_related("case"), pk)
    return action_page(
        request,
        form=ReviewForm(data_of(request), placement=row),
        run=lambda cleaned: review_write(
            placement=row,
            milestone=cleaned["milestone"],
            safety_id=cleaned["safety"].pk,
            needs_care=cleaned["needs_care"],
            schooling_id=cleaned["schooling"].pk,
            adhesion_id=cleaned["adhesion"].pk,
            next_goal_id=cleaned["next_goal"].pk,
            words=cleaned["words"],
            by=request.user,
        ),
        title="Noter un bilan",
        subtitle=str(row),
        intro="À remplir si la structure le donne au téléphone. Un bilan ne se change plus ensuite.",
        done="Le bilan est noté.",
        back_url=file_url(row),
    )


def placement_after_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Placement.objects.select_related("case"), pk)
    known = AfterStay.objects.filter(placement=row).first()
    return action_page(
        request,
        form=AfterForm(data_of(request), initial={"exploitation": known.exploitation_id} if known else None),
        run=lambda cleaned: after_stay_note(
            placement=row,
            exploitation_id=cleaned["exploitation"].pk,
            known_on=cleaned["known_on"],
            words=cleaned["words"],
            by=request.user,
        ),
        title="Veille à six mois",
        subtitle=str(row),
        intro="Six mois après la fin d’un séjour : ce que le service, la structure ou le jeune en disent.",
        done="C’est noté.",
        back_url=file_url(row),
    )


def step_url(step: CircuitStep, page: str) -> str:
    return reverse(f"cases_circuit:{page}", args=[step.circuit_id, step.pk])
