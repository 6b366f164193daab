"""Images and files of the pages of the site: checked and cleaned before anything of them reaches the disk.

They never meet the attachments of files, which are encrypted and stand elsewhere: only the cleaning is the same.
"""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.files.enums import MIME, FileType
from cms.files.rules.antivirus import scan
from cms.files.rules.files import file_clean, portrait_only
from cms.files.rules.refusals import FileRefusedError
from cms.files.settings import MEGABYTE
from cms.journal.services import attempt_refused
from cms.values.settings import setting_value

NOTHING_SHOWN = "Ce fichier ne montre ni ne nomme un mineur, un lieu d’accueil, ou une personne sans son accord"
SAY_SO = "Vérifiez, puis cochez : ce qui est sur le site se copie."


class CleanedFileMixin(forms.BaseForm):
    """Keeps a copy without place, date nor device, under a name that says nothing; the antivirus is asked first."""

    pictures_alone = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nothing_shown"] = forms.BooleanField(label=NOTHING_SHOWN, initial=False, required=False)
        # Before Wagtail opens it: a damaged picture would be an error of the program.
        read = self.fields["file"].to_python
        self.fields["file"].to_python = lambda data: read(self._kept(data))  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if isinstance(given.get("file"), UploadedFile) and not given.get("nothing_shown"):
            self.add_error("nothing_shown", SAY_SO)
        return given

    def _kept(self, file: Any) -> Any:
        """Return the copy to keep of what was just sent. Raises `ValidationError`."""
        if not isinstance(file, UploadedFile):
            return file
        try:
            kind, cleaned = self._cleaned(file)
        except FileRefusedError as error:
            attempt_refused("home.media.refused", {"refusal": error.refusal})
            raise ValidationError(error.messages) from error
        return SimpleUploadedFile(f"{uuid.uuid4().hex}.{kind.value}", cleaned, MIME[kind])

    def _cleaned(self, file: UploadedFile) -> tuple[FileType, bytes]:
        most = setting_value("files.max_megabytes")
        if (file.size or 0) > most * MEGABYTE:
            raise FileRefusedError("size", f"Ce fichier dépasse {most} Mo : réduisez-le.")
        file.seek(0)
        data = file.read()
        scan(data)
        if self.pictures_alone:
            portrait_only(data)
        return file_clean(data, file.name or "")


class SiteImageForm(CleanedFileMixin, BaseImageForm):
    pictures_alone = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["description"]
        words.required = True
        words.label = "Texte de remplacement"
        words.help_text = "Ce que l’image montre, pour qui ne la voit pas."
        words.error_messages["required"] = "Dites ce que l’image montre, pour qui ne la voit pas."


class SiteFileForm(CleanedFileMixin, BaseDocumentForm):
    """A text, a table or a PDF that a page gives."""
