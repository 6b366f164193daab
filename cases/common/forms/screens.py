"""A form in several screens: each is checked when it is left, earlier answers are carried in hidden fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField, Field, Form, NullBooleanField
from django.http import HttpRequest

from cases.common.forms.fields import words
from cms.kit.forms.portal import PortalForm

ALWAYS = ("__all__", "key", "siblings")


@dataclass(frozen=True)
class Screen:
    """One screen: its title, a sentence under it, the names of its fields."""

    title: str
    names: tuple[str, ...]
    hint: str = ""


class ScreensForm(PortalForm):
    """Screens are counted from 1. Fields that the form took away are skipped."""

    screens: tuple[Screen, ...] = ()
    aliases = {"age_at_reception": "age"}
    """Name in the services → name in the form."""

    def names_of(self, number: int) -> list[str]:
        return [name for name in self.screens[number - 1].names if name in self.fields]

    def number_of(self, text: str) -> int:
        """Return the screen that this text names; the first one for anything else."""
        return int(text) if text.isdecimal() and len(text) < 3 and 1 <= int(text) <= len(self.screens) else 1

    def shown(self, number: int) -> list[BoundField]:
        return [self[name] for name in self.names_of(number)]

    def carried(self, number: int) -> list[BoundField]:
        """Return the fields of the other screens, which the page carries hidden."""
        here = set(self.names_of(number))
        return [field for field in self if field.name not in here]

    def is_valid_until(self, number: int) -> bool:
        """Return whether the screens up to this one are valid. Errors of later screens are dropped."""
        names = {*ALWAYS, *(name for each in range(1, number + 1) for name in self.names_of(each))}
        for name in [name for name in self.errors if name not in names]:
            del self.errors[name]
        return not self.errors

    def screen_with_errors(self) -> int:
        """Return the first screen with an error; the last one for an error of no field."""
        for number in range(1, len(self.screens) + 1):
            if any(name in self.errors for name in self.names_of(number)):
                return number
        return len(self.screens)

    def recap(self, until: int) -> list[dict[str, Any]]:
        """Return what was answered on the screens before this one, in the words of the form."""
        parts = []
        for number in range(1, until):
            items = [{"label": field.label, "value": value} for field, value in self._answered(number)]
            parts.append({"number": number, "title": self.screens[number - 1].title, "items": items})
        return parts

    def _answered(self, number: int) -> Iterator[tuple[BoundField, str]]:
        for bound in self.shown(number):
            field = self.fields[bound.name]
            try:
                value = field.clean(bound.data)
            except ValidationError:
                continue  # said on its own screen
            is_blank = value is None or value == "" or value == [] or (value is False and not _says_no(field))
            if not is_blank:
                yield bound, words(field, value)


def _says_no(field: Field) -> bool:
    """Return whether a false value is an answer: « Non » chosen in a list is, a box left unticked is not."""
    return isinstance(field, NullBooleanField)


def step_of(request: HttpRequest, unsaid: str = "next") -> str:
    """Return the button pressed; `unsaid` for a form sent without one."""
    return request.POST.get("step", "") or (unsaid if request.method == "POST" else "")


def screen_after(request: HttpRequest, form: ScreensForm, step: str) -> int:
    """Return the screen to show. Only « Continuer » and « Envoyer » show errors; going back and adding do not."""
    here = form.number_of(form.data.get("screen", "") if form.is_bound else "")
    if request.method != "POST":
        return here
    if step == "send":
        return form.screen_with_errors()
    if step == "next":
        return min(here + 1, len(form.screens)) if form.is_valid_until(here) else here
    silence(form)
    return form.number_of(step.removeprefix("screen-")) if step.startswith("screen-") else here


def silence(form: Form) -> None:
    """Clear the errors of a form that is not finished."""
    form.full_clean()
    form.errors.clear()
