"""Sessions as the coordination reads them in the back office; they are planned and held in the portal."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cms.admin.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.columns.rules.columns import Column
from cms.kit.blocks import Facts, Listing
from cms.navigation.search import Group
from formation.sessions.models.sessions import Session


class SessionInspectView(ScopedInspectView):
    def get_object(self, queryset: QuerySet[Session] | None = None) -> Session:
        return get_object_or_404(Session.objects.select_related("territory"), pk=self.pk)

    def blocks(self) -> list[Facts | Listing]:
        session = self.object
        facts = [
            ("Module", session.module_code),
            ("Intitulé", session.title),
            ("Du", f"{session.starts_on:%d/%m/%Y}"),
            ("Au", f"{session.ends_on:%d/%m/%Y}"),
            ("Lieu", session.venue or ("à distance" if session.is_remote else "")),
            ("Département", session.territory),
            ("État", session.get_state_display()),
            ("Formateurs", ", ".join(str(trainer) for trainer in session.trainers.all())),
        ]
        enrolled = [
            (row.professional, row.profession, row.employer or row.employer_type)
            for row in session.enrolments.filter(cancelled_at=None).select_related(
                "professional", "profession", "employer", "employer_type"
            )
        ]
        return [
            Facts("Session", facts),
            Listing("Inscrits", ("Personne", "Profession", "Employeur"), enrolled, "Personne n’est inscrit."),
        ]


class SessionSnippetViewSet(ScopedSnippetViewSet):
    """Sessions are planned and held in the portal; here the coordination reads them."""

    model = Session
    icon = "calendar-alt"
    url_prefix = "formation"
    admin_url_namespace = "formation_session"
    menu_label = "Formation"
    menu_name = "formation"
    menu_order = 150
    add_to_admin_menu = True
    inspect_view_class = SessionInspectView
    columns = (
        Column(path="title", is_shown=True, is_exported=True),
        Column(path="module_code", is_shown=True, is_exported=True),
        Column(path="starts_on", label="Commence le", is_shown=True, is_exported=True, is_quick=True),
        Column(path="ends_on", is_shown=True, is_exported=True),
        Column(path="territory", label="Département", is_shown=True, is_exported=True),
        Column(path="state", is_shown=True, is_exported=True, is_quick=True),
        Column(path="is_remote"),
        Column(path="capacity", is_exported=True),
    )
    export_filename = "sessions"
    search_fields = ["title", "module_code"]
    search_group = Group.PAGES

    def search_note(self, row: Session) -> str:
        return f"session du {row.starts_on:%d/%m/%Y}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).select_related("territory")
