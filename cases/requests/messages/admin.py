"""What the coordination writes to the service that asked: a question, or an advice that closes the request."""

from django.http import HttpRequest, HttpResponse

from cases.common.admin.views import data_of, file_url, row_or_404
from cases.requests.admin.forms import MessageForm
from cases.requests.messages.services import sollicitation_advise, sollicitation_ask_more
from cases.requests.models import Sollicitation
from cms.kit.pages import action_page


def sollicitation_ask_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Sollicitation.objects, pk)
    return action_page(
        request,
        form=MessageForm(data_of(request)),
        run=lambda cleaned: sollicitation_ask_more(sollicitation=row, text=cleaned["text"], by=request.user),
        title="Demander un complément",
        subtitle=str(row),
        intro="Dites ce qui vous manque pour chercher un lieu. Si personne ne suivait cette demande, vous la prenez "
        "en charge. Pour une urgence, appelez.",
        done="Le complément est demandé.",
        back_url=file_url(row),
        submit_label="Envoyer",
    )


def sollicitation_advise_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Sollicitation.objects, pk)
    return action_page(
        request,
        form=MessageForm(data_of(request)),
        run=lambda cleaned: sollicitation_advise(sollicitation=row, text=cleaned["text"], by=request.user),
        title="Répondre par un avis",
        subtitle=str(row),
        intro="L’avis clôt la demande : elle est comptée comme un appui technique, sans orientation.",
        done="L’avis est rendu et la demande est close.",
        back_url=file_url(row),
        submit_label="Rendre l’avis et clore",
    )
