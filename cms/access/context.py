"""What every template knows: the instance, and the navigation of the person signed in."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from cms.access.panels import navigation_for


def instance(request):
    return {"is_fictitious": settings.HAVRE_FICTITIOUS}


def navigation(request):
    """Worked out only when a template shows it."""
    return {"portal_nav": SimpleLazyObject(lambda: navigation_for(request))}
