"""Menu « Formation » of the administration."""

from cms.admin.viewsets import scoped_register
from formation.sessions.admin import SessionSnippetViewSet

scoped_register(SessionSnippetViewSet)
