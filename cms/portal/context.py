"""Navigation of the portal, worked out only when a template shows it."""

from django.utils.functional import SimpleLazyObject


def navigation(request):
    from cms.portal.panels import navigation_for

    return {"portal_nav": SimpleLazyObject(lambda: navigation_for(request))}
