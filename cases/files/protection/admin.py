"""What protects a minor, on the file: places to keep away from, needs, languages, legal frames and their clocks."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.common.admin.forms import keyed, moment, now_local, words
from cases.common.admin.views import row_or_404
from cases.common.admin.words import day, moment as moment_words, time_left
from cases.files.models import Case
from cases.files.protection.enums import AwayLevel
from cases.files.protection.models import KeepAway, LegalFrame, PeopleToAvoid
from cases.files.protection.services import (
    Decided,
    frame_in_force,
    keep_away_add,
    keep_away_lift,
    legal_frame_met,
    legal_frame_set,
    needs_set,
    people_to_avoid_write,
)
from cms.admin.actions import RowAction
from cms.admin.parts import under
from cms.files.enums import ACCEPTED
from cms.files.forms import WIDGET
from cms.kit.blocks import Action, Facts, Listing
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyMultipleChoiceField
from cms.kit.forms.fields import rows_offer
from cms.kit.words import NBSP
from cms.territory.forms import territory_choices
from cms.users.models import User
from cms.values.forms import value_choice
from cms.values.models import Value
from cms.values.selectors import values_of
from cms.values.settings import setting_value


class AwayForm(AdminForm):
    territory = forms.ChoiceField(
        label="Département",
        choices=lambda: [("", "Choisir…"), *territory_choices()],
        help_text="Jamais une adresse : le lieu précis reste sous scellé, avec l’identité.",
    )
    reason = value_choice("motif_eloignement", label="Motif")
    level = forms.ChoiceField(
        label="Niveau",
        choices=AwayLevel.choices,
        initial=AwayLevel.FORBIDDEN,
        help_text="À exclure : aucun lieu n’y est proposé, ni dans les départements voisins. À éviter : ils viennent "
        "en dernier.",
    )
    radius_km = forms.IntegerField(
        label="Rayon (km)", min_value=0, max_value=1500, help_text="À vol d’oiseau, depuis le centre du département."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["radius_km"].initial = lambda: setting_value("cases.away_km")

    def clean_level(self) -> AwayLevel:
        return AwayLevel(self.cleaned_data["level"])


class LiftForm(AdminForm):
    lifted_on = forms.DateField(label="Levé le", initial=timezone.localdate, widget=DayInput)


class NeedsForm(AdminForm):
    """What the minor has stays on offer once its value is retired."""

    needs = LazyMultipleChoiceField(lambda: values_of("vulnerabilite"), label="Besoins", required=False)
    languages = LazyMultipleChoiceField(lambda: values_of("langue"), label="Langues parlées", required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        current = {
            "needs": list(case.needs.values_list("need_id", flat=True)),
            "languages": list(case.languages.values_list("language_id", flat=True)),
        }
        super().__init__(*args, initial=current, **kwargs)
        for name, code in (("needs", "vulnerabilite"), ("languages", "langue")):
            rows_offer(self, name, values_of(code) | Value.objects.of_list(code).filter(pk__in=current[name]))


class FrameForm(AdminForm):
    """A legal frame, with the decision on which it rests, or without it while it is awaited."""

    frame = value_choice("cadre_juridique", label="Cadre juridique")
    decided_at = moment("Décidé le", initial=now_local, help_text="L’échéance court à partir de cette décision.")
    ends_on = forms.DateField(label="Prend fin le", required=False, widget=DayInput)
    decider = value_choice(
        "decideur",
        label="Qui a décidé",
        required=False,
        help_text="L’ASE, le juge ou le parquet. Vide tant que la décision n’est pas reçue.",
    )
    court = words("Juridiction, ou département", max_length=200, help_text="Gardé sous scellé.")
    number = words("Numéro de la décision", max_length=80, help_text="Gardé sous scellé. Ou joignez le document.")
    document = forms.FileField(label="Décision", required=False, widget=WIDGET, help_text=f"{ACCEPTED}.")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        said = any(cleaned.get(name) for name in ("court", "number", "document"))
        if said and not cleaned.get("decider") and "decider" not in self.errors:
            self.add_error("decider", "Dites qui a décidé.")
        return cleaned

    def given(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        names = ("court", "number", "document")
        decider, court, number, document = cleaned.pop("decider"), *(cleaned.pop(name) for name in names)
        decided = Decided(decider.pk, court, number, document) if decider else None
        return keyed(cleaned, "frame") | {"decided": decided}


class DecisionForm(FrameForm):
    """The decision, once somebody holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("decider", "court"):
            self.fields[name].required = True


def frame_known(case: Case) -> dict[str, Any]:
    """Return the frame that waits for its decision, to be completed."""
    current = frame_in_force(case)
    if current is None or current.decider_id:
        return {"frame": case.legal_frame_id}
    return {
        "frame": current.frame_id,
        "decided_at": timezone.localtime(current.decided_at).replace(second=0, microsecond=0),
        "ends_on": current.ends_on,
    }


class PeopleForm(AdminForm):
    """Nothing sealed is read back into the field: what is written here replaces what was."""

    words = words(
        "Personnes à éviter",
        rows=5,
        max_length=2000,
        help_text="Exploiteur, proche, ami qui ramène : de quoi les reconnaître. Gardé sous scellé ; lu par la "
        "coordination et par l’équipe qui accueille. Vide, plus personne n’est nommé.",
    )


class MetForm(AdminForm):
    met_at = moment("Démarche faite le", initial=now_local)


def step_words(row: LegalFrame) -> str:
    """Return the step that the law requires, and whether somebody has checked its delay."""
    step = str(row.frame.extra.get("clock") or "")
    return step if row.frame.extra.get("is_clock_verified") else f"{step} Délai à vérifier."


def clock_words(row: LegalFrame, now: dt.datetime) -> str:
    """Return where the step of a frame stands. A replaced frame waits for nothing any more."""
    if row.due_at is None:
        return "aucune démarche datée"
    if row.met_at:
        return f"faite le {moment_words(row.met_at)}"
    if row.replaced_at:
        return "sans objet : cadre remplacé"
    return f"{time_left(row.due_at, now)}, avant le {moment_words(row.due_at)}"


def decision_words(row: LegalFrame) -> str:
    """Return who decided. Where and under which number is sealed: the linking says it, the file does not."""
    return str(row.decider or "attendue")


def protection_blocks(case: Case) -> list[Facts | Listing]:
    """Return what keeps a minor safe: what to keep away from stands first, on the tab that opens."""
    others = (people_block(case), needs_block(case), frames_block(case))
    return [away_block(case), *(under("Protection", block) for block in others)]


def away_block(case: Case) -> Listing:
    keep_aways = list(case.keep_aways.select_related("territory", "reason").order_by("lifted_on", "territory_id"))
    rows = [
        (row.territory, row.reason, row.get_level_display(), f"{row.radius_km}{NBSP}km", day(row.lifted_on))
        for row in keep_aways
    ]
    actions = [
        [] if row.lifted_on else [Action("Lever", reverse("cases_case:away_lift", args=[case.pk, row.pk]))]
        for row in keep_aways
    ]
    headings = ("Département", "Motif", "Niveau", "Rayon", "Levé le")
    empty = "Aucun, hors du lieu d’exploitation qui compte toujours."
    return Listing("Lieux à éviter", headings, rows, empty, actions)


def people_block(case: Case) -> Facts:
    row = PeopleToAvoid.objects.filter(case=case).select_related("written_by").first()
    told = row.words if row and row.words else "aucune n’est écrite"
    said = [("Écrit le", moment_words(row.written_at)), ("Écrit par", row.written_by)] if row else []
    return Facts("Personnes à éviter", [("Personnes", told), *said])


def needs_block(case: Case) -> Facts:
    """Return needs and languages, read in one query."""
    chosen = Q(pk__in=case.needs.values("need")) | Q(pk__in=case.languages.values("language"))
    labels: dict[str, list[str]] = {"vulnerabilite": [], "langue": []}
    for value in Value.objects.filter(chosen).order_by("position"):
        labels[value.list_id].append(str(value))
    rows = [("Besoins", ", ".join(labels["vulnerabilite"])), ("Langues parlées", ", ".join(labels["langue"]))]
    return Facts("Besoins et langues", rows)


def frames_block(case: Case) -> Listing:
    now = timezone.now()
    frames = list(case.legal_frames.select_related("frame", "decider"))
    rows = [
        (
            row.frame,
            moment_words(row.decided_at),
            day(row.ends_on),
            decision_words(row),
            step_words(row) if row.due_at else "",
            clock_words(row, now),
            "remplacé" if row.replaced_at else "en vigueur",
        )
        for row in frames
    ]
    actions = [
        [Action("Noter la démarche", reverse("cases_case:frame_met", args=[case.pk, row.pk]), is_main=True)]
        if row.due_at and not (row.met_at or row.replaced_at)
        else []
        for row in frames
    ]
    headings = ("Cadre", "Décidé le", "Prend fin le", "Décision", "Démarche", "Échéance", "État")
    return Listing("Cadre juridique", headings, rows, "Aucun cadre enregistré.", actions)


def _away(pk: Any, away_pk: Any) -> KeepAway:
    return row_or_404(KeepAway.objects.filter(case_id=pk).select_related("case", "territory"), away_pk)


def _frame(pk: Any, frame_pk: Any) -> LegalFrame:
    return row_or_404(LegalFrame.objects.filter(case_id=pk).select_related("case", "frame"), frame_pk)


def _needs_set(case: Case, cleaned: dict[str, Any], by: User) -> None:
    needs_set(case=case, by=by, **{name: [row.pk for row in rows] for name, rows in cleaned.items()})


ACTIONS = (
    RowAction(
        "frame",
        route="cadre",
        label="Cadre juridique",
        title="Changer le cadre juridique",
        when=lambda case: case.closed_on is None,
        order=40,
        form=FrameForm,
        initial=frame_known,
        service=lambda case, given, by: legal_frame_set(case=case, by=by, **given),
        intro="Le cadre en vigueur est remplacé par celui-ci, ou complété par la décision qu’il attendait. S’il fixe "
        "une démarche, son délai se compte seul.",
        done="Le cadre juridique est en vigueur.",
    ),
    RowAction(
        "frame_met",
        route="cadre/<uuid:frame_pk>/demarche",
        find=_frame,
        form=MetForm,
        service=lambda row, cleaned, by: legal_frame_met(legal_frame=row, at=cleaned["met_at"], by=by),
        title="Noter la démarche faite",
        subtitle=lambda row: row.case,
        intro=lambda row: f"{row.frame}. {step_words(row)}",
        done="La démarche est notée : son délai ne court plus.",
    ),
    RowAction(
        "away",
        route="a-eviter",
        label="Lieu à éviter",
        title="Ajouter un lieu à éviter",
        order=50,
        form=AwayForm,
        service=lambda case, cleaned, by: keep_away_add(case=case, by=by, **keyed(cleaned, "territory", "reason")),
        intro="La recherche de lieu en tient compte aussitôt.",
        done="Le lieu à éviter est enregistré.",
    ),
    RowAction(
        "away_lift",
        route="a-eviter/<uuid:away_pk>/lever",
        find=_away,
        form=LiftForm,
        service=lambda row, cleaned, by: keep_away_lift(keep_away=row, on=cleaned["lifted_on"], by=by),
        title="Lever un lieu à éviter",
        subtitle=lambda row: row.case,
        intro=lambda row: (
            f"La recherche pourra de nouveau proposer {row.territory}, si rien d’autre ne l’écarte. "
            "Le dossier garde la trace de ce lieu."
        ),
        submit_label="Lever",
        done="Le lieu n’est plus à éviter.",
    ),
    RowAction(
        "people_to_avoid",
        route="personnes-a-eviter",
        label="Personnes à éviter",
        title="Écrire les personnes à éviter",
        order=55,
        form=PeopleForm,
        service=lambda case, cleaned, by: people_to_avoid_write(case=case, by=by, **cleaned),
        intro="Ce texte remplace celui qui est au dossier. L’équipe qui accueille ce mineur le lit sur la page du "
        "séjour.",
        done="Les personnes à éviter sont enregistrées.",
    ),
    RowAction(
        "needs",
        route="besoins",
        label="Besoins et langues",
        order=60,
        form=NeedsForm,
        form_kwargs=lambda case: {"case": case},
        service=_needs_set,
        intro="Ce que l’équipe qui accueille doit savoir pour répondre à ce mineur.",
        done="Les besoins et les langues sont enregistrés.",
    ),
)
