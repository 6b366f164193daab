"""A form of confirmation."""

from cms.kit.forms.admin import AdminForm


class ConfirmForm(AdminForm):
    """Nothing to fill in: the button is the answer."""
