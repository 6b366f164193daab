"""Numbers of the coordination in the words of a page, which would otherwise say what the rule no longer does."""

from typing import Any

from django import template

from cms.values.settings import setting_value

register = template.Library()


@register.simple_tag
def setting(key: str) -> Any:
    """Return the value in force: `{% setting "access.draft_hours" as hours %}`."""
    return setting_value(key)
