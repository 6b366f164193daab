"""Lists of values: what the keys met everywhere else mean."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from cms.kit.api.resources import ResourceViewSet
from cms.values.models import Value


class ValueSerializer(serializers.ModelSerializer):
    class Meta:
        model = Value
        fields = ["id", "list", "code", "label", "parent", "position", "active_from", "active_to"]
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Valeurs des listes"), retrieve=extend_schema(summary="Une valeur"))
class ValueViewSet(ResourceViewSet):
    """Valeurs des listes : la clé qu’on lit ailleurs (`nature:PEC`), et son libellé."""

    opened_by = ""  # any token: keys of lists tell of nobody
    queryset = Value.objects.none()
    serializer_class = ValueSerializer
    filterset_fields = {"list": ["exact"], "active_to": ["isnull"]}
    ordering_fields = ["list"]
    ordering = ["list", "position"]

    def get_queryset(self) -> QuerySet[Value]:
        return Value.objects.all()


ROUTES = [("values", ValueViewSet, "value")]
