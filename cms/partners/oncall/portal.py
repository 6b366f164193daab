"""« Astreinte de la structure »: its direction says who answers at night, at which number."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.journal.services import refusal_queue
from cms.kit.constraints import sentence_for
from cms.kit.pages import constraints_check
from cms.partners.oncall.forms import PortalLineForm
from cms.partners.oncall.selectors import structures_directed


def line_page(request: HttpRequest, pk: uuid.UUID | None = None) -> HttpResponse:
    """Set the line of a structure; without `pk`, of the first one that the person directs."""
    own = structures_directed()
    partner = own.filter(pk=pk).first() if pk else own.first()
    if partner is None:
        if pk:
            refusal_queue("partner", pk, "partners.oncall.set")
        raise Http404
    form = PortalLineForm(request.POST if request.method == "POST" else None, partner=partner)
    if form.is_valid() and _saved(form):
        messages.success(request, "C’est enregistré. La coordination appelle cette ligne la nuit.")
        return redirect("accounts:team")
    context = {"form": form, "partner": partner, "others": own.exclude(pk=partner.pk)}
    return render(request, "partners/oncall/line.html", context, status=422 if form.is_bound else 200)


def _saved(form: PortalLineForm) -> bool:
    """Call the service; what it refuses, or the database, comes back beside the fields."""
    try:
        with transaction.atomic():
            form.run(form.cleaned_data)
            constraints_check()
    except ValidationError as error:
        form.add_service_error(error)
    except IntegrityError as error:
        form.add_error(None, sentence_for(error))
    return not form.errors
