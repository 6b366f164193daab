"""What the night screen asks beside what « Chercher un lieu » does: one more place to avoid."""

from typing import Any

from cases.files.protection.admin import AwayForm


class NightAwayForm(AwayForm):
    """A département and why: level and radius are those that the network uses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["level"], self.fields["radius_km"]
