"""What the coordination writes to the service that asked: a question, or an advice that closes the request."""

from cases.common.rules.states import SOLLICITATION
from cases.requests.admin.forms import MessageForm
from cases.requests.messages.services import sollicitation_advise, sollicitation_ask_more
from cms.admin.actions import RowAction

ACTIONS = (
    RowAction(
        "ask",
        route="complement",
        label="Demander un complément",
        when=lambda row: (row.state, "ask") in SOLLICITATION,
        order=50,
        form=MessageForm,
        service=lambda row, cleaned, by: sollicitation_ask_more(sollicitation=row, by=by, **cleaned),
        intro="Dites ce qui vous manque pour chercher un lieu. Si personne ne suivait cette demande, vous la prenez "
        "en charge. Pour une urgence, appelez.",
        submit_label="Envoyer",
        done="Le complément est demandé.",
    ),
    RowAction(
        "advise",
        route="avis",
        label="Répondre par un avis",
        when=lambda row: (row.state, "advise") in SOLLICITATION,
        order=60,
        form=MessageForm,
        service=lambda row, cleaned, by: sollicitation_advise(sollicitation=row, by=by, **cleaned),
        intro="L’avis clôt la demande : elle est comptée comme un appui technique, sans orientation.",
        submit_label="Rendre l’avis et clore",
        done="L’avis est rendu et la demande est close.",
    ),
)
