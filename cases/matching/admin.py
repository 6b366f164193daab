"""Finding a place from a sollicitation, and the rules of that search: what they would change, before they do."""

import datetime as dt
import uuid
from dataclasses import Field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy

from cases.common.admin.forms import pk_of
from cases.common.admin.words import head_clock
from cases.common.rules.states import SOLLICITATION
from cases.common.words import minor_words
from cases.enums import ORIENTATION_NETWORK, Urgency
from cases.files.models import Case
from cases.files.services import case_update_facts
from cases.matching.models import Matching, MatchingRules
from cases.matching.rules import Rules, rule_fields
from cases.matching.screen.words import HouseLine, house_line, left_out, places_map
from cases.matching.selectors.candidates import Candidate, rules_in_force, rules_of_version
from cases.matching.selectors.impact import RulesImpact, rules_impact
from cases.matching.selectors.search import Search
from cases.matching.services import SearchResult, matching_rules_change, structures_find
from cases.matching.words import Explanation, Words, explain, exploitation_words, keep_away_words
from cases.proposals.services import Consultation, orientation_decide
from cases.proposals.sheet.forms import SheetFields
from cases.requests.board.selectors import with_promises
from cases.requests.models import Sollicitation
from cases.requests.shelter.rules import may_shelter
from cases.requests.shelter.selectors import last_shelter
from cases.requests.shelter.words import shelter_words
from cms.admin.actions import RowAction
from cms.admin.guard import row_guarded
from cms.kit.blocks import Badge
from cms.kit.forms.admin import AdminForm, LazyMultipleChoiceField
from cms.kit.forms.fields import choices_offer
from cms.kit.pages import constraints_check
from cms.partners.models import Partner
from cms.territory.selectors import neighbours_of_many
from cms.users.requests import UserRequest
from cms.values.forms import value_choice
from cms.values.selectors import values_of
from cms.values.settings import settings_frozen
from cms.wall import scope

APART = "separes"
"""Value of the parameter `fratrie`: brothers and sisters are separated on purpose."""

MOST_ASKED = 5
"""Structures that one search asks at once: each holds a place until it answers."""
URGENT = {Urgency.DANGER.value: "danger", Urgency.NIGHT.value: "night"}

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}


class PlacesSearchForm(SheetFields, AdminForm):
    """Structures to ask, chosen in the answer of a search."""

    structures = forms.MultipleChoiceField(
        label="Structures à interroger",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins une structure.",
            "invalid_choice": "Une structure cochée n’est plus dans la liste : reprenez votre choix.",
        },
    )
    derogation = forms.CharField(
        label="Pourquoi interroger une structure écartée",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="À remplir seulement si vous cochez une structure écartée. Gardé sous scellé.",
    )
    identification_level = value_choice("niveau_identification", label="Niveau d’identification à la décision")
    needs = LazyMultipleChoiceField(
        lambda: values_of("vulnerabilite"), label="Besoins à faire connaître aux structures", required=False
    )
    answer_within = forms.IntegerField(
        label="Réponse attendue sous (heures)", required=False, min_value=1, max_value=720
    )

    def __init__(self, *args: Any, result: SearchResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(self, "structures", [(str(row.partner_id), row.code_name) for row in result.candidates])

    def clean_structures(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["structures"]
        if len(chosen) > MOST_ASKED:
            raise ValidationError("Cochez cinq structures au plus : chacune retient une place jusqu’à sa réponse.")
        return chosen


def sollicitation_places_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Search and choose structures; those checked receive the anonymous sheet together."""
    row: Sollicitation = row_guarded(request)
    if row.case is None:
        raise Http404
    is_apart = (request.POST if request.method == "POST" else request.GET).get("fratrie") == APART
    with settings_frozen(is_entered=True):
        result = structures_find(row, is_apart=is_apart)
    initial = {
        "identification_level": row.case.identification_level_id,
        "needs": [f"vulnerabilite:{code}" for code in result.search.needs],
    }
    form = PlacesSearchForm(request.POST if request.method == "POST" else None, initial=initial, result=result)
    if form.is_bound and form.is_valid() and sheets_send(request, row, row.case, form, is_apart=is_apart):
        count = len(form.cleaned_data["structures"])
        sentence = "La structure choisie a reçu" if count == 1 else f"Les {count} structures choisies ont reçu"
        messages.success(request, f"{sentence} la fiche anonyme. Les réponses arrivent dans l’orientation.")
        return redirect(reverse("cases_sollicitation:inspect", args=[row.pk]))
    context = _places_context(row, row.case, result, form)
    return TemplateResponse(request, "cases/matching/admin/places.html", context, status=422 if form.is_bound else 200)


def places_rows(model: type[Model]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.all()
    return (
        with_promises(rows)
        .annotate(**last_shelter())
        .select_related(
            "case__containment", "case__exploitation_place", "case__origin", "case__sex", "urgency", "current_place"
        )
    )


def _places_context(row: Sollicitation, case: Case, result: SearchResult, form: PlacesSearchForm) -> dict[str, Any]:
    back_url, search = reverse("cases_sollicitation:inspect", args=[row.pk]), result.search
    words = Words.load("vulnerabilite", "niveau_identification")
    choices_offer(form, "needs", words.offered["vulnerabilite"])
    choices_offer(form, "identification_level", [("", "Choisir…"), *words.offered["niveau_identification"]])
    lists = _lists(result, words, checked=set(form["structures"].value() or []))
    is_asked = any(candidate.is_already_asked for candidate in result.candidates)
    is_nobody = not lists["eligible"]
    aways = list(case.keep_aways.holding().select_related("territory"))
    avoided = {away.territory_id for away in aways} | ({search.exploitation} if search.exploitation else set())
    houses = lists["eligible"] or lists["later"]
    return {
        "form": form,
        "row": row,
        "search": search,
        "who": minor_words(case.sex_id, search.age),
        "urgency": Badge(str(row.urgency).split(" (")[0], URGENT.get(row.urgency_id, "neutral")),
        "clock": head_clock("pour trouver un lieu", row.place_by, row.received_at, search.at),
        "version": result.version,
        "back_url": back_url,
        "exploitation": exploitation_words(case.exploitation_place, search, has_aways=bool(aways)),
        "aways": [keep_away_words(away) for away in aways],
        "apart": APART if search.is_apart else "",
        "choices": (("", "Ensemble"), (APART, "Séparés, exprès")),
        "is_asked": is_asked,
        "is_nobody_tonight": search.is_night and is_nobody and not is_asked,
        "shelter": shelter_words(row.shelter_until, row.shelter_kind or "", search.at) if row.shelter_until else "",
        "may_shelter": search.is_night and is_nobody and may_shelter(row),
        "houses": houses,
        "groups": left_out(lists["excluded"]),
        "map": places_map([*houses, *lists["excluded"]], avoided, neighbours_of_many(avoided), search.place, words),
        "most": MOST_ASKED,
        **lists,
        **_page("Chercher un lieu", str(row), back_url),
    }


def _lists(result: SearchResult, words: Words, checked: set[str]) -> dict[str, list[HouseLine]]:
    """Return the structures to show: when nobody is eligible, those that the delay alone keeps out come apart, soonest
    first.
    """
    rules = result.version.rules
    eligible = [row for row in result.candidates if row.is_eligible]
    late = [] if eligible else [row for row in result.candidates if row.is_only_late]
    late.sort(key=lambda row: row.admission_days or 0)
    others = [row for row in result.candidates if row.excluded and row not in late]

    def lines(rows: list[Candidate], *, is_ranked: bool = True) -> list[HouseLine]:
        return [
            house_line(
                explain(row, result.search, rules, words),
                rank if is_ranked else 0,
                result.search,
                rules,
                is_checked=str(row.partner_id) in checked,
            )
            for rank, row in enumerate(rows, start=1)
        ]

    return {"eligible": lines(eligible), "later": lines(late), "excluded": lines(others, is_ranked=False)}


def sheets_send(
    request: UserRequest, row: Sollicitation, case: Case, form: PlacesSearchForm, *, is_apart: bool
) -> bool:
    cleaned = form.cleaned_data
    try:
        with transaction.atomic():
            level = pk_of(cleaned["identification_level"])
            if level != case.identification_level_id:
                case_update_facts(case=case, by=request.user, identification_level_id=level)
            hours = cleaned["answer_within"]
            orientation_decide(
                sollicitation=row,
                decision_id=ORIENTATION_NETWORK,
                decided_by=request.user,
                consultation=Consultation(
                    structures=list(Partner.objects.structures().filter(pk__in=cleaned["structures"])),
                    answer_within=dt.timedelta(hours=hours) if hours else None,
                    needs=[need.pk for need in cleaned["needs"]],
                    derogation=cleaned["derogation"],
                    is_apart=is_apart,
                    added=form.addition(),
                ),
            )
            constraints_check()
    except ValidationError as error:
        form.add_service_error(error)
        return False
    return True


def orientation_matching_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show why these structures were chosen: the search as answered that day, under the rules of that day."""
    matching = Matching.objects.select_related("orientation").filter(orientation_id=pk).first()
    if matching is None:
        raise Http404
    back_url = reverse("cases_orientation:inspect", args=[pk])
    context = {"matching": matching, "lines": matching_lines(matching), "back_url": back_url}
    context["is_apart"] = matching.search.get("is_apart", False)
    context |= _page("Pourquoi ces structures", str(matching.orientation), back_url)
    return TemplateResponse(request, "cases/matching/admin/matching.html", context)


REQUEST_ACTIONS = (
    RowAction(
        "places",
        route="chercher-un-lieu",
        label="Chercher un lieu",
        when=lambda row: (row.state, "orient") in SOLLICITATION and row.case_id is not None,
        is_main=True,
        order=30,
        view=sollicitation_places_view,
        reads=places_rows,
    ),
)

ORIENTATION_ACTIONS = (
    RowAction(
        "matching",
        route="pourquoi",
        label="Pourquoi ces structures",
        when=lambda row: Matching.objects.filter(orientation=row).exists(),
        order=30,
        permission="view",
        view=orientation_matching_view,
    ),
)


def matching_lines(matching: Matching) -> list[tuple[Explanation, bool]]:
    """Return the sentences of a stored search, rebuilt from its criteria, and whether each structure was asked."""
    search = Search.from_data(matching.search, case_id=matching.orientation.case_id, at=matching.made_at)
    rules = rules_of_version(matching.rules_number)
    consulted = set(matching.orientation.proposals.values_list("partner_id", flat=True))
    words = Words.load()
    rows = [Candidate.from_data(row) for row in matching.candidates]
    return [(explain(row, search, rules, words), row.partner_id in consulted) for row in rows]


class RulesForm(AdminForm):
    """One field a rule, from the declaration of the rules."""

    reason = forms.CharField(
        label="Pourquoi ce changement", max_length=300, help_text="Gardé avec la version. Sans nom de personne."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {item.name: _rule_field(item) for item in rule_fields()}
        self.fields = {**own, **self.fields}

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors:
            self.rules = Rules(**{item.name: cleaned[item.name] for item in rule_fields()})
        return cleaned


def _rule_field(item: Field) -> forms.Field:
    help_text = item.metadata.get("help", "")
    if choices := item.metadata.get("choices"):
        return forms.ChoiceField(label=item.metadata["label"], choices=choices.choices, help_text=help_text)
    return forms.IntegerField(
        label=f"{item.metadata['label']} ({item.metadata['unit']})",
        min_value=item.metadata["least"],
        max_value=item.metadata["most"],
        help_text=help_text,
    )


def rules_page(request: UserRequest) -> HttpResponse:
    """Change the rules of the search: a first press shows what would change today, a second one puts them in force."""
    if not scope.current().sees_all_cases():
        raise Http404
    version = rules_in_force()
    data = request.POST if request.method == "POST" else None
    form = RulesForm(data, initial=version.rules.as_data())
    impacts: list[RulesImpact] | None = None
    if form.is_bound and form.is_valid():
        if "save" in request.POST and _save_rules(request, form):
            messages.success(request, "Les nouvelles règles sont en vigueur pour les recherches à venir.")
            return redirect("havre_matching_rules")
        impacts = rules_impact(version.rules, form.rules)
    context = {
        "form": form,
        "version": version,
        "impacts": impacts,
        "history": MatchingRules.objects.select_related("changed_by")[:20],
        **_page("Règles de recherche d’un lieu", "", ""),
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "cases/matching/admin/rules.html", context, status=status)


def _save_rules(request: UserRequest, form: RulesForm) -> bool:
    try:
        matching_rules_change(rules=form.rules, reason=form.cleaned_data["reason"], by=request.user)
    except ValidationError as error:
        form.add_service_error(error)
        return False
    return True


def _page(title: str, subtitle: str, back_url: str) -> dict:
    crumbs = [HOME, *([{"url": back_url, "label": subtitle}] if back_url else []), {"url": "", "label": title}]
    return {"page_title": title, "header_title": title, "breadcrumbs_items": crumbs, "header_buttons": []}
