"""Duplicates on the screens of the coordination: files that look alike, two side by side, merges by two people."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy

from cases.common.admin.views import file_url, row_or_404
from cases.common.admin.words import day, linked, moment
from cases.files.duplicates.models import CaseApart, CaseMerge
from cases.files.duplicates.selectors.likeness import Likeness, duplicates_of, likeness_of
from cases.files.duplicates.services import (
    case_merge_agree,
    case_merge_ask,
    case_merge_refuse,
    case_merge_undo,
    cases_apart_lift,
    cases_tell_apart,
)
from cases.files.models import Case
from cms.admin.actions import RowAction
from cms.journal.enums import Outcome
from cms.journal.services import journal_append, journal_read
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.users.models import User

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
OUTCOMES = {True: "concorde", False: "diffère", None: "non renseigné"}
SEALED = "sous scellé"
COMPARED = (
    "sex", "age_precision", "origin", "exploitation_place", "identification_level", "nationality_zone",
)  # fmt: skip


def page(case_pk: Any, name: str, *more: Any) -> str:
    return reverse(f"cases_case:{name}", args=[case_pk, *more])


def same_person_block(case: Case) -> Listing:
    """List the other files of this minor, with the merges under way or in force."""
    merges = CaseMerge.objects.about(case).open()
    pairs = list(merges.select_related("kept", "merged", "asked_by", "agreed_by"))
    tied = {merge.kept_id for merge in pairs} | {merge.merged_id for merge in pairs}
    others = Case.objects.filter(person_key=case.person_key).exclude(pk__in=tied | {case.pk})
    rows: list[tuple[Any, ...]] = [(linked(_other(merge, case)), _state(merge)) for merge in pairs]
    rows += [(linked(other), "rapproché par un autre dossier") for other in others]
    actions = [_merge_actions(merge, case) for merge in pairs] + [[] for _ in range(len(rows) - len(pairs))]
    return Listing("Même mineur", ("Dossier", "Rapprochement"), rows, "Aucun autre dossier de ce mineur.", actions)


def _other(merge: CaseMerge, case: Case) -> Case:
    return merge.merged if merge.kept_id == case.pk else merge.kept


def _state(merge: CaseMerge) -> str:
    request = f"demandé par {merge.asked_by} le {moment(merge.asked_at)}"
    if merge.agreed_at:
        return f"{request}, accordé par {merge.agreed_by} le {moment(merge.agreed_at)}"
    return f"{request}, attend l’accord d’une autre personne"


def _merge_actions(merge: CaseMerge, case: Case) -> list[Action]:
    compare = Action("Comparer", page(case.pk, "compare", _other(merge, case).pk))
    if merge.agreed_at:
        return [compare, Action("Défaire", page(case.pk, "merge_undo", merge.pk))]
    return [
        Action("Accorder", page(case.pk, "merge_agree", merge.pk), is_main=True),
        Action("Refuser", page(case.pk, "merge_refuse", merge.pk)),
        compare,
    ]


def case_duplicates_view(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the files that look like this one. Their number is recorded in the journal."""
    case = row_or_404(Case.objects, pk)
    likenesses = duplicates_of(case)
    journal_append(
        action="cases.duplicates.read",
        kind="case",
        object_id=case.pk,
        outcome=Outcome.READ,
        details={"count": len(likenesses)},
    )
    rows = [
        (
            Cell(likeness.reference, page(likeness.case_id, "inspect")),
            likeness.named(True),
            likeness.named(False) or "rien",
            likeness.named(None) or "rien",
        )
        for likeness in likenesses
    ]
    actions = [
        [Action("Comparer", page(case.pk, "compare", likeness.case_id), is_main=True)] for likeness in likenesses
    ]
    listing = Listing(
        "Dossiers qui ressemblent à celui-ci",
        ("Dossier", "Concorde", "Diffère", "Non renseigné"),
        rows,
        "Aucun dossier ne ressemble à celui-ci.",
        actions,
    )
    intro = (
        "Les noms sont comparés à l’oreille, sans ouvrir aucun scellé. Ressembler n’est pas être le même : comparez "
        "les deux dossiers avant de décider."
    )
    return _page(request, case, "Doublons possibles", intro, [listing])


def case_compare_view(request: HttpRequest, pk: uuid.UUID, other_pk: uuid.UUID) -> HttpResponse:
    """Show two files side by side. The second one is read too: the journal says so."""
    case, other = _pair(pk, other_pk)
    likeness = likeness_of(case, other)
    if likeness is None:
        raise Http404
    journal_read("case", other.pk)
    blocks: list[Facts | Listing] = [
        _criteria_block(case, other, likeness),
        _facts_block(case, other),
        _stays_block(case, other),
    ]
    intro, actions = _what_to_do(case, other, likeness)
    return _page(request, case, f"Comparer avec {other}", intro, blocks, actions)


def _pair(pk: uuid.UUID, other_pk: uuid.UUID) -> tuple[Case, Case]:
    rows = Case.objects.select_related(*COMPARED)
    case, other = row_or_404(rows, pk), row_or_404(rows, other_pk)
    if case.pk == other.pk:
        raise Http404
    return case, other


def _criteria_block(case: Case, other: Case, likeness: Likeness) -> Listing:
    outcomes = likeness.criteria
    rows = [
        ("Nom, à l’oreille", SEALED, SEALED, OUTCOMES[outcomes["last"]]),
        ("Prénom, à l’oreille", SEALED, SEALED, OUTCOMES[outcomes["first"]]),
        ("Autres identités", SEALED, SEALED, OUTCOMES[outcomes["alias"]]),
        ("Sexe", case.sex, other.sex, OUTCOMES[outcomes["sex"]]),
        ("Naissance", born(*likeness.born), born(*likeness.other_born), OUTCOMES[outcomes["birth"]]),
        ("Département d’origine", case.origin, other.origin, OUTCOMES[outcomes["origin"]]),
        (
            "Département d’exploitation",
            case.exploitation_place,
            other.exploitation_place,
            OUTCOMES[outcomes["exploitation"]],
        ),
        ("Département où il se trouvait", places(case), places(other), OUTCOMES[outcomes["place"]]),
        ("Demande de la même semaine", received(case), received(other), OUTCOMES[outcomes["week"]]),
        ("Séjours", "", "", "aux mêmes dates" if outcomes["stays"] is False else "à des dates différentes, ou aucun"),
    ]
    return Listing("Critère par critère", ("Critère", str(case), str(other), "Constat"), rows, "")


def born(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        return ""
    return f"le {day(first)}" if first == last else f"entre le {day(first)} et le {day(last)}"


def places(case: Case) -> str:
    names = case.sollicitations.exclude(current_place=None).values_list("current_place__name", flat=True)
    return ", ".join(sorted(set(names)))


def received(case: Case) -> str:
    days = case.sollicitations.order_by("received_on").values_list("received_on", flat=True)
    return ", ".join(day(received_on) for received_on in days)


def _facts_block(case: Case, other: Case) -> Listing:
    pairs = [
        ("Ouverte le", day(case.opened_on), day(other.opened_on)),
        ("Close le", day(case.closed_on), day(other.closed_on)),
        ("Précision de l’âge", case.age_precision, other.age_precision),
        ("Niveau d’identification", case.identification_level, other.identification_level),
        ("Zone de nationalité", case.nationality_zone, other.nationality_zone),
        ("Mineur non accompagné", case.is_unaccompanied, other.is_unaccompanied),
    ]
    return Listing("Autres faits", ("Fait", str(case), str(other)), pairs, "")


def _stays_block(case: Case, other: Case) -> Listing:
    stays = (case.placements.all() | other.placements.all()).select_related("partner", "case").order_by("arrived_at")
    rows = [(linked(stay.case), stay.partner, day(stay.arrived_on), day(stay.ended_on)) for stay in stays]
    return Listing("Séjours des deux dossiers", ("Dossier", "Structure", "Arrivée", "Fin"), rows, "Aucun séjour.")


def _what_to_do(case: Case, other: Case, likeness: Likeness) -> tuple[str, list[Action]]:
    """Return where the pair stands, in words, and the actions open on it."""
    files = [Action(f"Ouvrir {other}", file_url(other))]
    merges = CaseMerge.objects.open().filter(kept__in=(case, other), merged__in=(case, other))
    merge = merges.select_related("kept", "merged", "asked_by", "agreed_by").first()
    if merge:
        actions = [action for action in _merge_actions(merge, case) if action.label != "Comparer"]
        return f"Rapprochement {_state(merge)}.", [*actions, *files]
    if likeness.is_same_person:
        return "Ces deux dossiers sont déjà ceux d’un même mineur, par un autre rapprochement.", files
    low, high = sorted((case.pk, other.pk))
    apart = CaseApart.objects.filter(first=low, second=high, lifted_at=None).select_related("said_by").first()
    if apart:
        intro = f"Dits de deux mineurs distincts par {apart.said_by} le {moment(apart.said_at)}."
        return intro, [Action("Revenir sur ce choix", page(case.pk, "apart_lift", apart.pk)), *files]
    return (
        "Est-ce le même mineur ? L’identité reste sous scellé : ouvrez-la dans chaque dossier si elle doit trancher.",
        [
            Action("Demander le rapprochement", page(case.pk, "merge_ask", other.pk), is_main=True),
            Action("Ce ne sont pas les mêmes", page(case.pk, "apart", other.pk)),
            *files,
        ],
    )


def _page(
    request: HttpRequest, case: Case, title: str, intro: str, blocks: list[Facts | Listing], actions: Any = ()
) -> HttpResponse:
    context = {
        "blocks": blocks,
        "actions": actions,
        "next_step": intro,
        "page_title": title,
        "header_title": title,
        "header_buttons": [],
        "breadcrumbs_items": [
            HOME,
            {"url": file_url(case), "label": str(case)},
            {"url": "", "label": title},
        ],
    }
    return TemplateResponse(request, "kit/inspect.html", context)


def _merge(pk: Any, merge_pk: Any) -> tuple[Case, CaseMerge]:
    rows = CaseMerge.objects.filter(Q(kept_id=pk) | Q(merged_id=pk)).select_related("kept", "merged", "asked_by")
    merge = row_or_404(rows, merge_pk)
    return (merge.kept if str(merge.kept_id) == str(pk) else merge.merged), merge


def _apart(pk: Any, apart_pk: Any) -> tuple[Case, Case, CaseApart]:
    rows = CaseApart.objects.filter(Q(first_id=pk) | Q(second_id=pk)).select_related("first", "second")
    apart = row_or_404(rows, apart_pk)
    pair = (apart.first, apart.second) if str(apart.first_id) == str(pk) else (apart.second, apart.first)
    return (*pair, apart)


PAIR, MERGE = "doublons/<uuid:other_pk>", "rapprochement/<uuid:merge_pk>"

ACTIONS = (
    RowAction("duplicates", route="doublons", label="Doublons possibles", order=100, view=case_duplicates_view),
    RowAction("compare", route=PAIR, view=case_compare_view),
    RowAction(
        "merge_ask",
        route=f"{PAIR}/rapprocher",
        find=_pair,
        service=lambda pair, cleaned, by: case_merge_ask(kept=pair[0], merged=pair[1], by=by),
        title=lambda pair: f"Rapprocher {pair[0]} et {pair[1]}",
        subtitle=lambda pair: pair[0],
        intro="Une autre personne de la coordination ou de la direction doit l’accorder. Les deux dossiers restent, "
        "avec leurs demandes et leurs séjours ; les chiffres ne compteront plus qu’un mineur. Cela peut se défaire.",
        submit_label="Demander le rapprochement",
        done="Le rapprochement est demandé : une autre personne doit l’accorder.",
    ),
    RowAction(
        "apart",
        route=f"{PAIR}/distincts",
        find=_pair,
        service=lambda pair, cleaned, by: cases_tell_apart(first=pair[0], second=pair[1], by=by),
        title=lambda pair: f"{pair[0]} et {pair[1]} ne sont pas les mêmes",
        subtitle=lambda pair: pair[0],
        intro="Ces deux dossiers ne seront plus proposés ensemble.",
        submit_label="Ce ne sont pas les mêmes",
        done="C’est retenu : ces deux dossiers sont de deux mineurs.",
        back_to=lambda pair: page(pair[0].pk, "duplicates"),
    ),
    RowAction(
        "merge_agree",
        route=f"{MERGE}/accorder",
        find=_merge,
        service=lambda pair, cleaned, by: case_merge_agree(merge=pair[1], by=by),
        title=lambda pair: f"Accorder le rapprochement de {pair[1].kept} et {pair[1].merged}",
        subtitle=lambda pair: pair[0],
        intro=lambda pair: (
            f"Demandé par {pair[1].asked_by} le {moment(pair[1].asked_at)}. Les chiffres ne compteront "
            "plus qu’un mineur."
        ),
        submit_label="Accorder",
        done="Les deux dossiers sont ceux d’un même mineur.",
    ),
    RowAction(
        "merge_refuse",
        route=f"{MERGE}/refuser",
        find=_merge,
        service=lambda pair, cleaned, by: case_merge_refuse(merge=pair[1], by=by),
        title=lambda pair: f"Refuser le rapprochement de {pair[1].kept} et {pair[1].merged}",
        subtitle=lambda pair: pair[0],
        intro="Ces deux dossiers ne seront plus proposés ensemble.",
        submit_label="Ce ne sont pas les mêmes",
        done="C’est retenu : ces deux dossiers sont de deux mineurs.",
    ),
    RowAction(
        "merge_undo",
        route=f"{MERGE}/defaire",
        find=_merge,
        service=lambda pair, cleaned, by: case_merge_undo(merge=pair[1], by=by),
        title=lambda pair: f"Défaire le rapprochement de {pair[1].kept} et {pair[1].merged}",
        subtitle=lambda pair: pair[0],
        intro="Les chiffres compteront de nouveau deux mineurs, comme avant.",
        submit_label="Défaire",
        done="Le rapprochement est défait.",
    ),
    RowAction(
        "apart_lift",
        route="distincts/<uuid:apart_pk>/lever",
        find=_apart,
        service=lambda pair, cleaned, by: cases_apart_lift(apart=pair[2], by=by),
        title="Revenir sur ce choix",
        subtitle=lambda pair: pair[0],
        intro=lambda pair: f"{pair[0]} et {pair[1]} pourront de nouveau être proposés ensemble, et rapprochés.",
        submit_label="Revenir sur ce choix",
        done="Ces deux dossiers sont à nouveau comparables.",
        back_to=lambda pair: page(pair[0].pk, "compare", pair[1].pk),
    ),
)


def merges_to_agree(user: User) -> list[CaseMerge]:
    """List the merges that `user` may agree to: somebody else asked for them."""
    rows = CaseMerge.objects.waiting().exclude(asked_by=user).select_related("kept", "merged", "asked_by")
    return list(rows)
