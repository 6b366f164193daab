"""Choosers of Wagtail without a script in the page: the content policy of the admin refuses it.

Date fields and inline panels are begun the same way by the templates of `templates/wagtailadmin/`: what Wagtail writes
in a script, `begin.js` reads from attributes.
"""

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import BaseChooser


def choosers_without_script() -> None:
    """Replace `BaseChooser.render`, which ends with a script; its parts stay those of Wagtail."""
    BaseChooser.render = _render


def _render(self: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None) -> SafeString:
    element = attrs["id"]
    told = self.get_value_data(value)
    options = json.dumps(self.get_js_init_options(element, name, told))
    begin = {"call": self.js_constructor, "element": element, "options": options}
    # Both are templates, which escape what they are given.
    return mark_safe(  # noqa: S308
        f"{self.render_html(name, told, attrs)}{render_to_string('backoffice/begin.html', begin)}"
    )
