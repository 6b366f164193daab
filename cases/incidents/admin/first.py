"""Actions of the coordination on an incident."""

from cases.common.admin.forms import ConfirmForm
from cases.common.admin.views import confirm_page, data_of, file_url, row_or_404
from cases.incidents.models.declared import Incident
from cases.incidents.selectors import closing_missing
from cases.incidents.services.declaring import incident_acknowledge
from cases.incidents.services.following import incident_close
from cms.kit.pages import action_page


def incident_acknowledge_view(request, pk):
    row = row_or_404(Incident.objects, pk)
    return confirm_page(
        request,
        row,
        run=lambda: incident_acknowledge(incident=row, by=request.user),
        title="Prendre en compte",
        intro="Vous indiquez à la structure que la coordination suit cette déclaration.",
        done=f"{row} est pris en compte.",
        label="Prendre en compte",
    )


def incident_close_view(request, pk):
    row = row_or_404(Incident.objects.select_related("incident_type", "severity"), pk)
    missing = closing_missing(row)
    return action_page(
        request,
        form=ConfirmForm(data_of(request)),
        run=lambda cleaned: incident_close(incident=row, by=request.user),
        title="Clore l’incident",
        subtitle=str(row),
        intro=f"Avant de clore : {' '.join(missing)}" if missing else "Tout ce qui est obligatoire est là.",
        done=f"{row} est clos.",
        back_url=file_url(row),
        submit_label="Clore",
    )
