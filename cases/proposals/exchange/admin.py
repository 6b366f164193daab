"""Questions of structures in the file of an orientation, and the answer of the coordination."""

from django import forms

from cases.common.admin.blocks import Blocks
from cases.common.admin.words import moment
from cases.proposals.exchange.models import ProposalMessage
from cases.proposals.models import LONGEST, Orientation
from cms.admin.parts import FilePart
from cms.kit.blocks import Listing
from cms.kit.forms.admin import AdminForm


class ReplyForm(AdminForm):
    text = forms.CharField(
        label="Votre réponse",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Sans nom, sans lieu : la structure ne connaît que la fiche anonyme.",
        error_messages={"required": "Écrivez le message."},
    )


def messages_block(row: Orientation) -> Blocks:
    lines = ProposalMessage.objects.filter(proposal__orientation=row).select_related("proposal__partner", "written_by")
    rows = [
        (
            moment(line.written_at),
            line.proposal.partner,
            "Question" if line.is_from_structure else "Réponse",
            line.text,
            line.written_by,
        )
        for line in lines
    ]
    headings = ("Quand", "Structure", "Nature", "Message", "Écrit par")
    return [Listing("Questions des structures", headings, rows, "")] if rows else []


PARTS = (FilePart(order=20, blocks=messages_block),)
