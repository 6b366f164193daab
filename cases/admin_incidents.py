"""Actions of the coordination on an incident."""

from cases.admin_forms import (
    CloseIncidentForm,
    NoticeForm,
    pk_of,
)
from cases.admin_views import confirm_page, data_of, file_url, row_or_404
from cases.models import Incident
from cases.services.authorities import authority_tell
from cases.services.incidents import incident_acknowledge, incident_close
from cms.access.admin_actions import action_page


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
    row = row_or_404(Incident.objects, pk)
    return action_page(
        request,
        form=CloseIncidentForm(data_of(request)),
        run=lambda cleaned: incident_close(incident=row, by=request.user, has_analysis=cleaned["has_analysis"]),
        title="Clore l’incident",
        subtitle=str(row),
        done=f"{row} est clos.",
        back_url=file_url(row),
        submit_label="Clore",
    )


def incident_tell_view(request, pk):
    row = row_or_404(Incident.objects, pk)
    return action_page(
        request,
        form=NoticeForm(data_of(request)),
        run=lambda cleaned: authority_tell(
            incident=row,
            authority_id=cleaned["authority"].pk,
            channel_id=pk_of(cleaned["channel"]),
            told_at=cleaned["told_at"],
            told_by=request.user,
        ),
        title="Noter une autorité informée",
        subtitle=str(row),
        done="C’est noté.",
        back_url=file_url(row),
    )
