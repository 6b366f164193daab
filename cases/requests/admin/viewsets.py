"""The requests in the admin: the list, and the file of each."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cases.common.admin.viewsets import FileInspectView
from cases.common.rules.states import SOLLICITATION
from cases.common.words import minor_words
from cases.enums import MessageKind, Nature, SollicitationState
from cases.requests.admin import views as views
from cases.requests.admin.blocks import PARTS
from cases.requests.admin.forms import SollicitationCorrectForm, SollicitationCreateForm
from cases.requests.admin.words import request_badges, request_clock
from cases.requests.board.selectors import with_promises
from cases.requests.models import Sollicitation
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column, yes_no
from cms.files.admin import piece_actions
from cms.navigation.search import Group
from cms.wall import scope

ADVICE_STEP = (
    "Prochaine étape : rendez votre avis. Si ce mineur doit être accueilli, corrigez d’abord la nature de la demande "
    "en « prise en charge »."
)


class SollicitationInspectView(FileInspectView):
    related = (
        "case", "requester", "requester_type", "detected_by", "submitted_by", "channel", "nature", "urgency",
        "outcome", "taken_by", "current_place", "relance_of", "sex", "age_precision", "identification_level",
        "nationality_zone", "prior_follow_up", "origin", "exploitation_place", "language",
        "unmet_need__reason",
    )  # fmt: skip
    parts = PARTS

    @classmethod
    def rows_of_file(cls, model: type[Model]) -> QuerySet[Any]:
        return with_promises(super().rows_of_file(model))

    def head(self) -> FileHead:
        row = self.object
        followed = f"suivie par {row.taken_by}" if row.taken_by else "personne ne la suit"
        badges, clock = list(request_badges(row, at=timezone.now())), request_clock(row, timezone.now())
        return FileHead(
            who=minor_words(row.sex_id, row.age_at_reception),
            reference=row.reference,
            pills=badges[:-1] if clock else badges,
            where=str(row.current_place or ""),
            acts="" if row.state == SollicitationState.CLOSED else followed,
            clock=clock,
        )

    def next_step(self) -> str:
        row = self.object
        if row.state == SollicitationState.CLOSED:
            return "Cette demande est close : il n’y a plus rien à faire."
        if row.state == SollicitationState.RECEIVED:
            return "Prochaine étape : prenez la demande en charge, puis rappelez le service demandeur."
        if row.last_message == MessageKind.REPLY:
            return "Prochaine étape : le service vous a écrit. Lisez son message ci-dessous, puis répondez-lui."
        if row.nature_id == Nature.ADVICE:
            return ADVICE_STEP
        if not row.case_id:
            return "Prochaine étape : rattachez la demande à une situation, connue ou nouvelle."
        if row.state == SollicitationState.IN_CHARGE:
            return "Prochaine étape : cherchez un lieu, ou orientez vers le droit commun."
        said = super().next_step()
        return said or "Prochaine étape : suivez la suite dans l’orientation, puis clôturez la demande."

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if (self.object.state, "correct") in SOLLICITATION else None


class SollicitationViewSet(ScopedSnippetViewSet):
    model = Sollicitation
    journal_kind = "sollicitation"
    is_file = True
    icon = "mail"
    url_prefix = "sollicitations"
    admin_url_namespace = "cases_sollicitation"
    menu_label = "Sollicitations"
    add_label = "Nouvelle sollicitation"
    menu_name = "sollicitations"
    menu_order = 110
    add_to_admin_menu = True
    form_class = SollicitationCreateForm
    edit_form_class = SollicitationCorrectForm
    inspect_view_class = SollicitationInspectView
    actions = (*views.ACTIONS, *piece_actions(Sollicitation, kind="sollicitation", order=110))
    columns = (
        Column(path="reference", is_shown=True, is_exported=True),
        Column(
            code="minor", label="Mineur", path="age_at_reception", reads=("sex_id", "age_at_reception"),
            words=minor_words, is_filtered=False, classname="hv-whole", is_shown=True,
        ),
        Column(path="current_place", label="Département", is_shown=True, is_exported=True, is_quick=True),
        Column(
            path="state", badges=lambda row: request_badges(row, at=timezone.now()), related=("urgency",),
            is_shown=True, is_exported=True, is_quick=True,
        ),
        Column(path="urgency", is_exported=True, is_quick=True),
        Column(path="requester", is_shown=True, is_exported=True),
        Column(path="requester_type", is_exported=True),
        Column(path="nature", is_exported=True),
        Column(path="received_at", is_shown=True, is_exported=True),
        Column(path="received_on", label="Reçue", is_quick=True),
        Column(path="forms__form", code="form", label="Formes d’exploitation", is_quick=True),
        Column(path="age_at_reception", is_exported=True),
        Column(path="sex", is_exported=True),
        Column(path="taken_by", label="Suivie par"),
        yes_no("is_mine", "Suivie par moi", lambda: Q(taken_by_id=scope.current().user_id)),
        Column(path="origin"),
        Column(path="channel"),
        Column(path="detected_by"),
        Column(path="first_answered_at", is_exported=True),
        Column(path="outcome", is_exported=True),
        Column(path="closed_at", is_exported=True),
    )  # fmt: skip
    export_filename = "sollicitations"
    search_fields = ["reference"]
    search_group = Group.FILES

    def search_note(self, row: Sollicitation) -> str:
        return f"{minor_words(row.sex_id, row.age_at_reception)}, {row.get_state_display().lower()}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("urgency", "nature", "requester", "case", "current_place")
        return with_promises(rows)
