"""Arranging a list: columns and their order, filters, order, name, whom the view is shared with. No script is needed:
« Voir » shows the list so arranged, and the lines of filters follow the columns chosen in them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from cms.columns.enums import DAY_COUNTS, OF_ALL, TESTS, Check, Kind
from cms.columns.rules.columns import Column
from cms.columns.rules.conditions import GROUPS, Condition, lines_of
from cms.columns.rules.views import MOST_SORTS, ViewContent
from cms.kit.forms.admin import AdminForm
from cms.users.roles import Role
from cms.values.models import Value

LINES = 6
"""Lines of filters; a condition of more, or of groups within groups, is kept as it came and said in words."""
ANY = "any"
NUMBERS = re.compile(r"-?\d+(?:[.,]\d+)?")
DAYS = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
TYPED = {
    Kind.DAY: "Un jour (31/12/2026), ou un nombre de jours comptés d’aujourd’hui : 30, -30.",
    Kind.MOMENT: "Un jour (31/12/2026), ou un nombre de jours comptés d’aujourd’hui : 30, -30.",
    Kind.NUMBER: "Un nombre, ou deux pour « entre » : 13 à 15.",
}


class ViewForm(AdminForm):
    """`known`: the columns that this reader may read, by code. `shares`: roles with whom the view may be shared."""

    title = forms.CharField(label="Nom de la vue", max_length=60, required=False)
    joined = forms.ChoiceField(
        label="Une ligne est montrée quand", choices=[("all", "tous les filtres sont vrais"), (ANY, "un seul suffit")]
    )

    def __init__(
        self,
        data: Any = None,
        *,
        known: Mapping[str, Column],
        content: ViewContent,
        shares: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        self.known, self.content = known, content
        self.filtered = {code: column for code, column in known.items() if column.can_filter}
        super().__init__(data, **kwargs)
        self.is_nested = not _is_flat(content.condition)
        self.fields["joined"].initial = ANY if ANY in content.condition else "all"
        self._columns()
        if not self.is_nested:
            self._lines(list(lines_of(content.condition)))
        self._sorts()
        if shares:
            choices = [(role, Role(role).label) for role in shares]
            for name, label in (("shared_with", "Partager avec"), ("default_for", "S’ouvre d’abord pour")):
                self.fields[name] = forms.MultipleChoiceField(
                    label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
                )
        self.fields["is_first"] = forms.BooleanField(
            label="Ouvrir cette liste par cette vue, pour moi", required=False
        )

    def _columns(self) -> None:
        ranks = {code: rank for rank, code in enumerate(self.content.columns, start=1)}
        for code, column in self.known.items():
            label = f"{column.label} (champ ajouté)" if column.is_added else column.label
            self.fields[f"show_{code}"] = forms.BooleanField(label=label, required=False, initial=code in ranks)
            self.fields[f"rank_{code}"] = forms.IntegerField(
                label=f"Rang de « {column.label} »", required=False, min_value=1, max_value=99, initial=ranks.get(code)
            )

    def _lines(self, kept: list[Condition]) -> None:
        chosen = [self._posted(f"line_{rank}_column") for rank in range(LINES)] if self.is_bound else []
        chosen = chosen or [str(line["column"]) for line in kept]
        values = self._values([self.filtered[code] for code in chosen if code in self.filtered])
        columns = [("", "Aucun filtre"), *((code, column.label) for code, column in self.filtered.items())]
        for rank in range(LINES):
            column = self.filtered.get(chosen[rank]) if rank < len(chosen) else None
            line = kept[rank] if rank < len(kept) else {}
            self.fields[f"line_{rank}_column"] = forms.ChoiceField(
                label=f"Filtre {rank + 1}", choices=columns, required=False, initial=line.get("column", "")
            )
            if column is not None:
                self._line(rank, column, line, values)

    def _line(self, rank: int, column: Column, line: Condition, values: Mapping[str, list[tuple[str, str]]]) -> None:
        tests = [(test.value, test.label) for test in TESTS[str(column.kind)] if column_tests(column, test)]
        self.fields[f"line_{rank}_test"] = forms.ChoiceField(
            label="Test", choices=tests, required=False, initial=line.get("test")
        )
        field: forms.Field = forms.CharField(
            label="Valeur", required=False, max_length=200, help_text=TYPED.get(Kind(str(column.kind)), "")
        )
        if column.list_code or column.choices:
            choices = values.get(column.list_code) or [(str(code), label) for code, label in column.labels().items()]
            field = forms.MultipleChoiceField(label="Valeurs", choices=choices, required=False)
            field.widget.attrs["size"] = min(6, max(2, len(choices)))
        elif column.kind == Kind.YES_NO:
            field = forms.ChoiceField(label="Valeur", choices=[("oui", "oui"), ("non", "non")], required=False)
        field.initial = _written(line.get("value"))
        self.fields[f"line_{rank}_value"] = field

    def _values(self, columns: list[Column]) -> dict[str, list[tuple[str, str]]]:
        """Return the choices of the lists of values, retired ones included, in one statement."""
        codes = {column.list_code for column in columns if column.list_code}
        found: dict[str, list[tuple[str, str]]] = {code: [] for code in codes}
        for value in Value.objects.filter(list_id__in=codes) if codes else ():
            found[value.list_id].append((value.pk, value.label))
        return found

    def _sorts(self) -> None:
        sortable = [column for column in self.known.values() if column.can_sort]
        choices = [("", "Ordre habituel")]
        for column in sortable:
            choices += [
                (column.code, f"{column.label}, croissant"),
                (f"-{column.code}", f"{column.label}, décroissant"),
            ]
        for rank in range(MOST_SORTS):
            initial = self.content.sort[rank] if rank < len(self.content.sort) else ""
            label = "Trier par" if rank == 0 else "Puis par"
            self.fields[f"sort_{rank}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=initial
            )

    def _posted(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))

    def column_fields(self) -> Iterator[tuple[Any, Any]]:
        """Each column with its rank: those of the view first, in its order."""
        order = {code: rank for rank, code in enumerate(self.content.columns)}
        for code in sorted(self.known, key=lambda code: order.get(code, 99)):
            yield self[f"show_{code}"], self[f"rank_{code}"]

    def line_fields(self) -> Iterator[list[Any]]:
        for rank in range(LINES):
            names = (f"line_{rank}_{part}" for part in ("column", "test", "value"))
            yield [self[name] for name in names if name in self.fields]

    def sort_fields(self) -> list[Any]:
        return [self[f"sort_{rank}"] for rank in range(MOST_SORTS)]

    def sharing_fields(self) -> list[Any]:
        return [self[name] for name in ("shared_with", "default_for", "is_first") if name in self.fields]

    def written(self) -> dict[str, Any]:
        """Return the content of the view as it was filled in, for `content_check`."""
        given = self.cleaned_data
        chosen = [code for code in self.known if given.get(f"show_{code}")]
        ranks = {code: given.get(f"rank_{code}") or 50 + place for place, code in enumerate(chosen)}
        sort = [given[f"sort_{rank}"] for rank in range(MOST_SORTS) if given.get(f"sort_{rank}")]
        return {
            "columns": sorted(chosen, key=lambda code: ranks[code]),
            "condition": self._condition(),
            "sort": sort,
        }

    def _condition(self) -> Condition:
        if self.is_nested:
            return self.content.condition
        lines = [line for rank in range(LINES) if (line := self._line_written(rank))]
        return {self.cleaned_data.get("joined") or "all": lines} if lines else {}

    def _line_written(self, rank: int) -> Condition | None:
        given = self.cleaned_data
        column = self.filtered.get(given.get(f"line_{rank}_column", ""))
        if column is None or not (test := given.get(f"line_{rank}_test")):
            return None
        line = {"column": column.code, "test": test}
        return line if test in OF_ALL else {**line, "value": _value(column, test, given.get(f"line_{rank}_value"))}


def column_tests(column: Column, test: Check) -> bool:
    """Say whether a test may be offered: to choose among values, there must be some."""
    return test in OF_ALL or column.kind not in (Kind.CHOICE, Kind.MANY) or bool(column.list_code or column.choices)


def _is_flat(condition: Condition) -> bool:
    if not condition:
        return True
    groups = [name for name in GROUPS if name in condition]
    parts = condition[groups[0]] if groups else [condition]
    return len(parts) <= LINES and not any(name in part for part in parts for name in GROUPS)


def _written(value: Any) -> Any:
    """Return a kept value as it is typed."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list) and value and not isinstance(value[0], str):
        return " à ".join(str(each) for each in value)
    return value


def _value(column: Column, test: str, typed: Any) -> Any:
    """Return what was typed as a condition keeps it; what cannot be read is left for `condition_check` to refuse."""
    if column.kind == Kind.YES_NO:
        return typed == "oui"
    if isinstance(typed, list):
        return typed
    text = str(typed or "").strip()
    if test == Check.BETWEEN:
        return [number.replace(",", ".") for number in NUMBERS.findall(text)]
    if test in DAY_COUNTS or column.kind == Kind.NUMBER:
        return text.replace(",", ".")
    if found := DAYS.match(text):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return f"{int(text):+d}" if re.fullmatch(r"[+-]?\d{1,5}", text) else text
