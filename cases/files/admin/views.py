"""Actions of the coordination on the file of a minor: its identity, its end."""

from cases.common.admin.views import data_of, file_url, row_or_404
from cases.files.admin.forms import CloseCaseForm, IdentityForm
from cases.files.identity.selectors import identity_rows
from cases.files.models import Case
from cases.files.services import case_close, identity_write
from cms.kit.pages import action_page
from cms.wall.reveals.admin import reveal_page


def case_identity_view(request, pk):
    row = row_or_404(Case.objects, pk)
    form = IdentityForm(data_of(request))
    return action_page(
        request,
        form=form,
        run=lambda cleaned: identity_write(case=row, by=request.user, **form.written()),
        title="Écrire l’identité",
        subtitle=str(row),
        intro="Ce que vous écrivez va sous scellé et ne s’affiche pas ici. Un champ vide garde ce qu’il contient.",
        done="L’identité est sous scellé.",
        back_url=file_url(row),
        submit_label="Sceller",
    )


def case_reveal_view(request, pk):
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


def case_close_view(request, pk):
    row = row_or_404(Case.objects, pk)
    return action_page(
        request,
        form=CloseCaseForm(data_of(request)),
        run=lambda cleaned: case_close(case=row, reason_id=cleaned["reason"].pk, on=cleaned["on"], by=request.user),
        title="Clore la situation",
        subtitle=str(row),
        intro="Les droits de regard sur ce dossier prennent fin.",
        done="La situation est close.",
        back_url=file_url(row),
        submit_label="Clore",
    )
