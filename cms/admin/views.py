"""Pages of the admin that every snippet has: who did what on a row, and where it is used."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import UsageView

from cms.journal.enums import Outcome
from cms.journal.selectors import journal_about
from cms.kit.blocks import Listing
from cms.kit.words import action_words
from cms.users.models import User

HISTORY_LENGTH = 200


class JournalHistoryView(generic.PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """Who did, read or was refused what on a row, without a word of what was written."""

    any_permission_required = ["add", "change", "view"]
    page_title = "Qui a fait quoi"
    template_name = "kit/history.html"
    journal_kind = ""
    index_url_name = None

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, listing=self.listing(), object=self.object)

    def listing(self) -> Listing:
        traces = journal_about(self.journal_kind, self.object.pk, limit=HISTORY_LENGTH) if self.journal_kind else []
        people = User.objects.in_bulk({trace.actor_id for trace in traces if trace.actor_id})
        rows = [
            (
                f"{timezone.localtime(trace.at):%d/%m/%Y à %H:%M}",
                people.get(trace.actor_id, "tâche automatique"),
                action_words(trace.action),
                Outcome(trace.outcome).label,
            )
            for trace in traces
        ]
        empty = "Rien n’est encore inscrit au journal pour cette fiche."
        return Listing("Qui a fait quoi", ("Quand", "Qui", "Quoi", "Issue"), rows, empty)


class ScopedUsageView(UsageView):
    """Empty by design: no reference index is kept on business rows."""
