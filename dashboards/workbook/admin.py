"""Export of the workbook of a period, in the back office."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest
from dashboards.figures.admin.views import allowed
from dashboards.figures.forms import period_read
from dashboards.periods import period_choices
from dashboards.policies import EXPORT
from dashboards.workbook.papers.export import FILE_TYPE, indicators_export


@require_POST
def export(request: UserRequest) -> HttpResponse:
    allowed(request, EXPORT)
    if answer := fresh_required(request):
        return answer
    form, period, _ = period_read(request.POST, period_choices())
    if period is None:
        messages = "\n".join(str(message) for errors in form.errors.values() for message in errors)
        return HttpResponse(messages, status=422, content_type="text/plain; charset=utf-8")
    try:
        workbook = indicators_export(user=request.user, period=period, is_named=bool(request.POST.get("nommer")))
    except PermissionDenied as error:
        raise Http404 from error
    response = HttpResponse(workbook.content, content_type=FILE_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{workbook.file_name}"'
    response["Cache-Control"] = "no-store"
    return response
