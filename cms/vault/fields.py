import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.forms import DateField as DateFormField, TextInput

from cms.vault.sealing import PREFIX, SealedStr, SealError, looks_sealed, purpose_register, seal, unseal


class SealedField(models.Field):
    """Column that holds `hv1:<key id>:<base64>` and never the clear value; a copy made by Django is sealed too.

    The seal is bound to `app.model.field`: renaming one of the three asks for a migration that seals again.
    Subclasses say how a value becomes text (`text_from`), comes back (`value_from`) and is read from input (`parse`).
    """

    def text_from(self, value: Any) -> str:
        raise NotImplementedError

    def value_from(self, text: str) -> Any:
        raise NotImplementedError

    def parse(self, value: Any) -> Any:
        return super().to_python(value)

    @property
    def sealed_column(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    # As that of DateField: not that of Field.
    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            purpose_register(self.sealed_column)

    def get_internal_type(self) -> str:
        return "TextField"

    def db_check(self, connection: Any) -> str:
        # An expression (`update(name=Value("…"))`) goes round get_prep_value: the database refuses what is not sealed.
        return f"starts_with({connection.ops.quote_name(self.column)}, '{PREFIX}:')"

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else seal(self.text_from(value).encode(), self.sealed_column)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str | None:
        return value if prepared else self.get_prep_value(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return value if hasattr(value, "as_sql") else self.get_db_prep_value(value, connection)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self.value_from(unseal(value, self.sealed_column).decode())

    def value_to_string(self, obj: models.Model) -> Any:
        return self.get_prep_value(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        """Open a token that Django loads from a copy (fixture). Input goes through `clean`, never here."""
        if isinstance(value, str) and not isinstance(value, SealedStr) and value.startswith(f"{PREFIX}:"):
            return self.value_from(unseal(value, self.sealed_column).decode())
        return self.parse(value)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Check input. A text that looks like a token is refused: opened, it would show somebody else's data."""
        if isinstance(value, str) and looks_sealed(value):
            raise ValidationError("Ce texte ne peut pas commencer ainsi : saisissez-le en clair.", code="sealed")
        value = self.parse(value)
        self.validate(value, model_instance)
        self.run_validators(value)
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.sealed_column} is sealed: only isnull can be asked of it, not {lookup_name}.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.sealed_column} is sealed: {lookup_name} cannot be computed from it.")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_not_indexed()]

    def _check_not_indexed(self) -> list[checks.CheckMessage]:
        options = self.model._meta
        grouped = [group for index in options.indexes for group in index.fields]
        grouped += [name for rule in options.constraints for name in getattr(rule, "fields", ())]
        grouped += [name for group in options.unique_together for name in group]
        searched = [getattr(entry, "field_name", None) for entry in getattr(self.model, "search_fields", ())]
        if self.unique or getattr(self, "db_index", False) or self.name in {name.lstrip("-") for name in grouped}:
            return [checks.Error("A sealed field can be neither unique nor indexed.", obj=self, id="vault.E001")]
        if self.name in searched:
            return [checks.Error("A sealed field cannot enter the search index.", obj=self, id="vault.E002")]
        return []


class SealedTextField(SealedField, models.TextField):
    """Sealed text. With `max_length` it is a single line of at most that many characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def text_from(self, value: Any) -> str:
        return str(value)

    def value_from(self, text: str) -> SealedStr:
        return SealedStr(text)

    def parse(self, value: Any) -> SealedStr | None:
        return None if value is None else SealedStr(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"widget": TextInput} if self.max_length else {}) | kwargs)


class SealedDateFormField(DateFormField):
    """Takes its initial value as ISO text, which is all that a sealed date gives away."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class SealedDateField(SealedField, models.DateField):
    """Sealed date. Django's serializers write a `date` as it stands, without asking the field: it gives them text."""

    def text_from(self, value: Any) -> str:
        return self.parse(value).isoformat()

    def value_from(self, text: str) -> date:
        return date.fromisoformat(text)

    def value_from_object(self, obj: models.Model) -> Any:
        return self._iso(super().value_from_object(obj))

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        return self._iso(super().pre_save(model_instance, add))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": SealedDateFormField} | kwargs)

    def _iso(self, value: Any) -> str | None:
        return None if self.parse(value) is None else self.text_from(value)


class SealedJSONField(SealedField, models.JSONField):
    """Sealed object or list (a bare number would be written as it stands by Django's serializers)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"encoder": DjangoJSONEncoder} | kwargs)

    def text_from(self, value: Any) -> str:
        return json.dumps(self.parse(value), cls=self.encoder, ensure_ascii=False)

    def value_from(self, text: str) -> Any:
        return json.loads(text, cls=self.decoder)

    def parse(self, value: Any) -> Any:
        if value is None or isinstance(value, Mapping | list | tuple):
            return value
        raise ValidationError("Cette donnée doit être une liste ou un ensemble de champs.", code="invalid")


__all__ = ["SealError", "SealedDateField", "SealedJSONField", "SealedStr", "SealedTextField"]
