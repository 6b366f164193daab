"""What uses a value, before somebody rewords or retires it."""

from django.db.models import ForeignKey, ManyToOneRel

from cms.values.models import Value

MOST = 8


def usage_of(value: Value) -> list[tuple[str, int]]:
    """Name of each kind of row that points at a value, with how many the actor sees, the most first."""
    counts: dict[str, int] = {}
    for relation in Value._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or not isinstance(relation.field, ForeignKey):
            continue
        model = relation.related_model
        is_of_list = getattr(relation.field, "list_code", value.list_id) == value.list_id
        if model is Value or not is_of_list or model._meta.abstract:
            continue
        if count := model._default_manager.filter(**{relation.field.name: value.pk}).count():
            name = str(model._meta.verbose_name_plural if count > 1 else model._meta.verbose_name)
            counts[name] = counts.get(name, 0) + count
    return sorted(counts.items(), key=lambda line: -line[1])


def usage_sentence(value: Value) -> str:
    """« Employée par 12 sollicitations, 3 situations »."""
    counts = usage_of(value)[:MOST]
    if not counts:
        return "Rien ne l’emploie encore."
    return f"Employée par : {', '.join(f'{count} {name}' for name, count in counts)}. Ces fiches la gardent."
