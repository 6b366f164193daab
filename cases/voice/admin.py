"""« Paroles d’enfants »: what a child wrote in confidence, the answer, and what follows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.common.admin.blocks import Blocks
from cases.common.admin.forms import words
from cases.common.admin.views import file_url
from cases.common.admin.words import head_clock, linked, moment
from cases.voice.enums import VoiceState
from cases.voice.models import VoiceMessage
from cases.voice.selectors import answer_by
from cases.voice.services import VoiceFacts, voice_answer, voice_close, voice_take, voice_to_incident
from cms.admin.actions import RowAction
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.columns.rules.columns import Column
from cms.kit.blocks import Badge, Facts, Listing
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.navigation.search import Group
from cms.partners.models import Partner
from cms.retention.admin.blocks import retention_block
from cms.values.forms import value_choice

NO_STRUCTURE = "La structure ne voit rien de ce message, et n’est pas prévenue."


class AnswerForm(AdminForm):
    words = words(
        "Votre réponse", rows=6, help_text="Lue par l’enfant avec son code. Phrases courtes, un seul fait par phrase."
    )


class IncidentForm(AdminForm):
    aliases = {"severity_id": "severity", "incident_type_id": "incident_type"}

    partner = LazyChoiceField(lambda: Partner.objects.structures().order_by("code_name"), label="Structure")
    incident_type = value_choice("type_incident", label="Que s’est-il passé ?")
    severity = value_choice(
        "gravite", label="Gravité", required=False, help_text="Vide : celle que le réseau propose pour ce type."
    )
    severity_reason = words("Pourquoi une autre gravité que la proposée")
    narrative = words("Les faits", rows=5, help_text="Gardé sous scellé. Ni nom ni adresse.")


def _facts(cleaned: dict[str, Any]) -> VoiceFacts:
    return VoiceFacts(
        partner=cleaned["partner"],
        incident_type_id=cleaned["incident_type"].pk,
        severity_id=cleaned["severity"] and cleaned["severity"].pk,
        severity_reason=cleaned["severity_reason"],
        narrative=cleaned["narrative"],
    )


ACTIONS = (
    RowAction(
        "take",
        route="prendre-en-charge",
        label="Prendre en charge",
        when=lambda row: row.state == VoiceState.WAITING,
        is_main=True,
        order=10,
        service=lambda row, cleaned, by: voice_take(message=row, by=by),
        intro=f"L’enfant lira que son message a été lu. {NO_STRUCTURE}",
        submit_label="Prendre en charge",
        done="Vous suivez cette parole.",
    ),
    RowAction(
        "answer",
        route="repondre",
        label="Répondre à l’enfant",
        when=lambda row: row.state != VoiceState.CLOSED,
        is_main=lambda row: row.state == VoiceState.TAKEN,
        order=20,
        form=AnswerForm,
        service=lambda row, cleaned, by: voice_answer(message=row, by=by, **cleaned),
        intro="Tutoyez-le, dites ce que vous allez faire et quand. Ne nommez personne : un autre peut lire par-dessus "
        "son épaule.",
        submit_label="Envoyer la réponse",
        done="La réponse est écrite : l’enfant la lit avec son code.",
    ),
    RowAction(
        "incident",
        route="situation-preoccupante",
        label="En faire une situation préoccupante",
        when=lambda row: row.incident_id is None,
        order=30,
        form=IncidentForm,
        service=lambda row, cleaned, by: voice_to_incident(message=row, facts=_facts(cleaned), by=by),
        intro=f"Elle est déclarée en confiance et vous la suivez. {NO_STRUCTURE}",
        submit_label="Déclarer",
        done="La situation préoccupante est déclarée.",
        goes_to=lambda row, incident: file_url(incident),
    ),
    RowAction(
        "close",
        route="clore",
        label="Clore",
        when=lambda row: row.state == VoiceState.TAKEN,
        order=40,
        service=lambda row, cleaned, by: voice_close(message=row, by=by),
        intro="L’enfant garde son code : s’il écrit encore, cette parole revient parmi celles à lire.",
        submit_label="Clore",
        done="Cette parole est close.",
    ),
)


class VoiceInspectView(ScopedInspectView):
    def get_object(self, queryset: QuerySet[Any] | None = None) -> VoiceMessage:
        return get_object_or_404(self.model.objects.select_related("taken_by", "incident"), pk=self.pk)

    def head(self) -> FileHead:
        row = self.object
        state = Badge(row.get_state_display(), "neutral" if row.state == VoiceState.CLOSED else "info")
        danger = (Badge("Se dit en danger", "danger"),) if row.is_in_danger else ()
        waits = row.state == VoiceState.WAITING
        return FileHead(
            who="Un enfant",
            reference=row.reference,
            pills=(*danger, state),
            acts="" if waits or not row.taken_by else f"suivie par {row.taken_by}",
            clock=head_clock("pour lui répondre", answer_by(row), row.heard_at, timezone.now()) if waits else None,
        )

    def blocks(self) -> Blocks:
        row = self.object
        said = [(moment(row.sent_at), "L’enfant", row.words)]
        said += [
            (moment(reply.written_at), "L’enfant" if reply.is_from_child else reply.written_by, reply.words)
            for reply in row.replies.select_related("written_by")
        ]
        facts = [
            ("État", row.get_state_display()),
            ("En danger maintenant", "oui, dit par l’enfant" if row.is_in_danger else "non dit"),
            ("Reçue le", moment(row.sent_at)),
            ("Réponse annoncée avant le", moment(answer_by(row)) if row.state == VoiceState.WAITING else ""),
            ("Lue le", moment(row.taken_at)),
            ("Suivie par", row.taken_by),
            ("Situation préoccupante", linked(row.incident)),
        ]
        return [
            Facts("Parole", facts),
            Listing("Ce qui a été dit", ("Quand", "Qui", "Mots"), said, ""),
            retention_block("voice", row.pk),
        ]

    def next_step(self) -> str:
        return {
            VoiceState.WAITING: "Prochaine étape : lisez, puis prenez en charge. "
            "La structure ne sait pas que cet enfant a écrit : ne l’appelez pas avant d’avoir décidé comment le "
            "protéger.",
            VoiceState.TAKEN: "Prochaine étape : répondez à l’enfant, puis dites ce qui en est fait.",
            VoiceState.CLOSED: "Cette parole est close. Un nouveau message de l’enfant la rouvre.",
        }[VoiceState(self.object.state)]


class VoiceViewSet(ScopedSnippetViewSet):
    """Written on the public page; here it is read, answered and followed."""

    model = VoiceMessage
    journal_kind = "voice"
    is_file = True
    icon = "comment"
    url_prefix = "paroles"
    admin_url_namespace = "cases_voice"
    menu_label = "Paroles d’enfants"
    menu_name = "paroles"
    menu_order = 141
    add_to_admin_menu = True
    inspect_view_class = VoiceInspectView
    actions = ACTIONS
    columns = (
        Column(path="reference", is_shown=True, is_exported=True),
        Column(path="state", is_shown=True, is_exported=True, is_quick=True),
        Column(path="is_in_danger", is_shown=True, is_exported=True, is_quick=True),
        Column(path="sent_at", is_exported=True),
        Column(path="heard_at", is_shown=True, is_exported=True),
        Column(path="taken_at", is_exported=True),
        Column(path="taken_by", is_shown=True),
        Column(path="incident", is_shown=True),
        Column(path="closed_at", is_exported=True),
    )
    export_filename = "paroles-d-enfants"
    search_fields = ["reference"]
    search_group = Group.FILES

    def search_note(self, row: VoiceMessage) -> str:
        return "parole d’un jeune"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("taken_by", "incident")
