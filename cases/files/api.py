"""Situations for another software: what was found, what is needed, when. Neither name, nor birth, nor where."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cases.files.models import Case
from cases.files.words import age_today
from cms.kit.api.resources import ResourceViewSet
from cms.sessions.scopes.rules import TokenScope


class CaseSerializer(serializers.ModelSerializer):
    age = serializers.SerializerMethodField(help_text="En années, aujourd’hui ; null quand rien ne le dit.")
    forms = serializers.SerializerMethodField(help_text="Formes d’exploitation, la principale d’abord.")

    class Meta:
        model = Case
        fields = [
            "id", "reference", "opened_on", "closed_on", "closing_reason", "age", "sex", "forms", "containment",
            "legal_frame",
        ]  # fmt: skip
        read_only_fields = fields

    def get_age(self, row: Case) -> int | None:
        return age_today(row)

    def get_forms(self, row: Case) -> list[str]:
        return [form.form_id for form in sorted(row.forms.all(), key=lambda form: (not form.is_main, form.form_id))]


@extend_schema_view(list=extend_schema(summary="Situations"), retrieve=extend_schema(summary="Une situation"))
class CaseViewSet(ResourceViewSet):
    """Situations que le lecteur peut voir, sans identité."""

    opened_by = TokenScope.CASE_READ
    queryset = Case.objects.none()
    serializer_class = CaseSerializer
    filterset_fields = {
        "reference": ["exact"],
        "opened_on": ["gte", "lte"],
        "closed_on": ["gte", "lte", "isnull"],
        "closing_reason": ["exact"],
    }
    ordering_fields = ["opened_on", "reference"]
    ordering = ["-opened_on"]
    journal_kind = "case"

    def get_queryset(self) -> QuerySet[Case]:
        return Case.objects.filter(is_test=False).prefetch_related("forms")


ROUTES = [("cases", CaseViewSet, "case")]
