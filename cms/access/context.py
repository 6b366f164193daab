"""What every template knows of the instance."""

from django.conf import settings


def instance(request):
    return {"is_fictitious": settings.HAVRE_FICTITIOUS}
