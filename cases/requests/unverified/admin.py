"""« Demandes non vérifiées »: what a unit sent without an account, and the call to its switchboard that decides."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from cases.common.admin.blocks import Blocks
from cases.common.admin.forms import moment as moment_field, now_local
from cases.common.admin.views import file_url
from cases.common.admin.words import head_clock, linked, moment
from cases.enums import CallOutcome, UnverifiedState
from cases.requests.admin.words import TONES
from cases.requests.board.selectors import promised_at
from cases.requests.forms import FORCES
from cases.requests.models import Sollicitation
from cases.requests.rules import notes_on_unverified
from cases.requests.tonight.words import tonight_rows
from cases.requests.unverified.models import UnverifiedRequest
from cases.requests.unverified.services import unverified_call
from cms.admin.actions import RowAction
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.columns.rules.columns import Column
from cms.kit.blocks import Badge, Facts, Listing
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.navigation.search import Group
from cms.partners.models import Partner
from cms.retention.admin.blocks import retention_block
from cms.territory.models import Territory
from cms.values.models import Value


class SwitchboardForm(AdminForm):
    number = forms.CharField(
        label="Numéro du standard appelé",
        required=False,
        max_length=30,
        help_text="Trouvé dans un annuaire officiel, jamais dans la demande.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    called_at = moment_field("Appelé le", initial=now_local)
    outcome = forms.ChoiceField(
        label="Ce que le standard répond",
        choices=[(code, label[0].upper() + label[1:]) for code, label in CallOutcome.choices],
        widget=forms.RadioSelect,
    )
    requester = LazyChoiceField(
        lambda: Partner.objects.filter(closed_on=None, requester_type__extra__family__in=sorted(FORCES)),
        label="Unité, dans le carnet",
        required=False,
        help_text="Seulement si le standard a confirmé. Unité absente du carnet : inscrivez-la d’abord, puis revenez.",
    )


ACTIONS = (
    RowAction(
        "call",
        route="appel",
        label="Noter un appel au standard",
        when=lambda row: row.state == UnverifiedState.WAITING,
        is_main=True,
        form=SwitchboardForm,
        service=lambda row, cleaned, by: unverified_call(request=row, by=by, **cleaned),
        intro="Appelez le standard de l’unité, demandez la personne, vérifiez la demande avec elle. Confirmée, elle "
        "devient une sollicitation datée de sa réception, et vous la suivez. Sans réponse, elle reste à rappeler.",
        done="L’appel est noté.",
        goes_to=lambda row, sollicitation: file_url(sollicitation) if sollicitation else "",
    ),
)


class UnverifiedInspectView(ScopedInspectView):
    def get_object(self, queryset: QuerySet[Any] | None = None) -> UnverifiedRequest:
        rows = self.model.objects.select_related("urgency", "unit_type", "decided_by", "sollicitation")
        return get_object_or_404(rows, pk=self.pk)

    def head(self) -> FileHead:
        row = self.object
        is_waiting = row.state == UnverifiedState.WAITING
        due_at = promised_at(row.urgency, row.received_at)
        return FileHead(
            who="Demande sans compte",
            reference=row.reference,
            pills=(
                Badge(row.urgency.label.split(" (")[0], TONES.get(row.urgency_id, "neutral")),
                Badge(row.get_state_display(), "info" if is_waiting else "neutral"),
            ),
            where=str(row.unit_type or ""),
            clock=head_clock("pour rappeler", due_at, row.received_at, timezone.now()) if is_waiting else None,
        )

    def blocks(self) -> Blocks:
        row = self.object
        request = [
            ("État", row.get_state_display()),
            ("Urgence", row.urgency),
            ("Type d’unité", row.unit_type),
            ("Reçue le", moment(row.received_at)),
            ("Rappel promis avant", moment(promised_at(row.urgency, row.received_at))),
            ("Traitée le", moment(row.decided_at)),
            ("Traitée par", row.decided_by),
            ("Devenue", linked(row.sollicitation)),
        ]
        calls = [
            (moment(call.called_at), call.number, call.get_outcome_display(), call.called_by)
            for call in row.calls.select_related("called_by")
        ]
        notes = [(note,) for note in notes_on_unverified(row)] if row.state == UnverifiedState.WAITING else []
        headings = ("Quand", "Numéro", "Réponse", "Par")
        return [
            Facts("Demande", request),
            *([Listing("À vérifier", ("Remarque",), notes, "")] if notes else []),
            *([] if row.state == UnverifiedState.VERIFIED else [Facts("Ce qui a été écrit", written_rows(row))]),
            Listing("Appels au standard", headings, calls, "Aucun appel noté."),
            retention_block("unverified", row.pk),
        ]

    def next_step(self) -> str:
        return {
            UnverifiedState.WAITING: "Prochaine étape : appelez le standard de l’unité, trouvé ailleurs que dans "
            "cette demande. Ne dites rien du réseau avant d’avoir reconnu la personne.",
            UnverifiedState.VERIFIED: "Cette demande est vérifiée : ce qui a été écrit est dans la sollicitation.",
            UnverifiedState.DISMISSED: "Cette demande est écartée : elle n’entre dans aucun chiffre.",
        }[UnverifiedState(self.object.state)]


def written_rows(row: UnverifiedRequest) -> list[tuple[str, Any]]:
    """Return what the sender wrote; codes are read again in today's lists."""
    answers = row.answers
    names = Value.objects.in_bulk([code for code in (answers.get("sex_id"), *answers.get("forms", ())) if code])
    siblings = answers.get("siblings", ())
    names |= Value.objects.in_bulk([sibling["sex_id"] for sibling in siblings])
    codes = [answers[name] for name in ("current_place_id", "exploitation_place_id") if answers.get(name)]
    places = Territory.objects.in_bulk(codes)
    tonight = Sollicitation(**answers.get("tonight", {}))
    return [
        ("Unité", row.unit),
        ("Personne à rappeler", row.callback_name),
        ("Ligne donnée", row.callback_phone),
        ("Sexe", names.get(answers.get("sex_id"))),
        ("Âge", answers.get("age")),
        ("Département où il se trouve", places.get(answers.get("current_place_id"))),
        ("Département d’exploitation", places.get(answers.get("exploitation_place_id"))),
        ("Formes présumées", ", ".join(str(names[code]) for code in answers.get("forms", ()) if code in names)),
        *tonight_rows(tonight),
        ("Droits des victimes étrangères", "information remise" if answers.get("rights_told") else ""),
        ("Frères et sœurs", ", ".join(f"{names[one['sex_id']]} {one['age'] or ''}".strip() for one in siblings)),
        ("Récit", row.narrative),
    ]


class UnverifiedViewSet(ScopedSnippetViewSet):
    """Sent from the public page; here it is read, and decided by a call."""

    model = UnverifiedRequest
    journal_kind = "unverified"
    is_file = True
    icon = "help"
    url_prefix = "demandes-non-verifiees"
    admin_url_namespace = "cases_unverified"
    menu_label = "Demandes non vérifiées"
    menu_name = "demandes-non-verifiees"
    menu_order = 112
    add_to_admin_menu = True
    inspect_view_class = UnverifiedInspectView
    actions = ACTIONS
    columns = (
        Column(path="reference", is_shown=True, is_exported=True),
        Column(path="urgency", is_shown=True, is_exported=True, is_quick=True),
        Column(path="state", is_shown=True, is_exported=True, is_quick=True),
        Column(path="unit_type", is_shown=True, is_exported=True),
        Column(path="received_at", is_shown=True, is_exported=True),
        Column(path="decided_by", is_shown=True),
        Column(path="decided_at", is_exported=True),
    )
    export_filename = "demandes-non-verifiees"
    search_fields = ["reference"]
    search_group = Group.FILES

    def search_note(self, row: UnverifiedRequest) -> str:
        return "demande sans compte"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("urgency", "unit_type", "decided_by")


def waiting_lines() -> list[dict[str, Any]]:
    """Return their lines on the board: urgency, reception, and the moment by which a call was promised."""
    rows = UnverifiedRequest.objects.filter(state=UnverifiedState.WAITING).select_related("urgency")
    now = timezone.now()
    lines = []
    for row in rows.order_by("urgency__position", "received_at")[:50]:
        answer_by = promised_at(row.urgency, row.received_at)
        is_late = answer_by is not None and answer_by < now
        url = reverse("cases_unverified:inspect", args=[row.pk])
        lines.append({"row": row, "url": url, "answer_by": answer_by, "is_late": is_late})
    return lines
