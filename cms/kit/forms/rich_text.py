"""The editor of texts of pages, whose answer may not come from it."""

from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea


class RichTextArea(DraftailRichTextArea):
    """Refuses what Wagtail's editor never sends, where Wagtail answers 500: never a text emptied in silence."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise BadRequest("rich text not written by the editor") from error
