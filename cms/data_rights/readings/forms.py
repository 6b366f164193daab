"""The form of the direction to let an account read again."""

from cms.data_rights.forms import words_field
from cms.kit.forms.admin import AdminForm


class ReopenForm(AdminForm):
    reason = words_field(
        "Motif", rows=3, help_text="Ce que cette personne vous a dit, et comment vous avez su que c’était bien elle."
    )
