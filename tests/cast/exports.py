"""An export, a saved table and a view of the coordination: nobody else sees them."""

from django.db.models import Model

from cases.files.admin.viewsets import CaseViewSet
from cms.columns.models import SavedView
from cms.columns.services import view_save
from cms.exports.models import Export
from cms.exports.services import export_ask, export_prepare
from cms.users.models import User
from cms.wall import scope
from dashboards.models import SavedTable
from dashboards.tables.services import table_save


def exports() -> None:
    user = User.objects.get(email="coordination@havre.example")
    with scope.acting(user):
        export = export_ask(user=user, source="list:cases_case", query="")
        table_save(
            user=user,
            title="Demandes par urgence",
            data="I1",
            rows_by="by_urgency",
            measure="count",
            span="convention",
        )
        view_save(
            user=user,
            columns=CaseViewSet().list_columns,
            title="Situations ouvertes",
            content={"columns": ["reference", "opened_on"], "condition": {}, "sort": []},
        )
    export_prepare(export.pk)


def export_rows() -> dict[str, Model]:
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        return {
            "export": Export.objects.get(),
            "saved_table": SavedTable.objects.get(),
            "saved_view": SavedView.objects.get(),
        }
