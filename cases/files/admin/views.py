"""Actions of the coordination on the file of a minor: its identity, its end."""

from typing import Any

from django.http import HttpResponse

from cases.common.admin.forms import keyed
from cases.common.admin.views import file_url, row_or_404
from cases.files.admin.forms import CloseCaseForm, IdentityForm
from cases.files.identity.selectors import identity_rows
from cases.files.identity.services import identity_take
from cases.files.models import Case
from cases.files.services import case_close, identity_write
from cms.admin.actions import RowAction
from cms.users.requests import UserRequest
from cms.wall.reveals.admin import reveal_page


def case_reveal_view(request: UserRequest, pk: Any) -> HttpResponse:
    row = row_or_404(Case.objects, pk)
    return reveal_page(
        request,
        kind="case",
        object_id=row.pk,
        read=lambda: identity_rows(row.pk),
        title="Identité",
        subtitle=str(row),
        back_url=file_url(row),
    )


ACTIONS = (
    RowAction(
        "reveal",
        route="identite/voir",
        label="Voir l’identité",
        order=10,
        permission="view",
        needs_fresh=True,
        view=case_reveal_view,
    ),
    RowAction(
        "identity",
        route="identite",
        label="Écrire l’identité",
        order=20,
        form=IdentityForm,
        service=lambda case, written, by: identity_write(case=case, by=by, **written),
        intro="Ce que vous écrivez va sous scellé et ne s’affiche pas ici. Un champ vide garde ce qu’il contient.",
        submit_label="Sceller",
        done="L’identité est sous scellé.",
    ),
    RowAction(
        "identity_take",
        route="identite/reprendre",
        label="Reprendre l’identité dite",
        when=lambda case: case.identity_waits,
        order=25,
        service=lambda case, cleaned, by: identity_take(case=case, by=by),
        intro="Un service ou une structure a dit qui est ce mineur. Ce que vous avez écrit reste ; ce qui manquait "
        "est complété, et un nom différent devient une autre identité. Rien ne s’affiche ici.",
        submit_label="Reprendre",
        done="C’est repris sous scellé : les doublons possibles en tiennent compte.",
    ),
    RowAction(
        "close",
        route="clore",
        label="Clore la situation",
        when=lambda case: case.closed_on is None,
        order=110,
        form=CloseCaseForm,
        service=lambda case, cleaned, by: case_close(case=case, by=by, **keyed(cleaned, "reason")),
        intro="Les droits de regard sur ce dossier prennent fin.",
        submit_label="Clore",
        done="La situation est close.",
    ),
)
