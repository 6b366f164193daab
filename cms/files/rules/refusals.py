"""Why a file is not kept: a code for the journal, a sentence for the person."""

from django.core.exceptions import ValidationError


class FileRefusedError(ValidationError):
    """The file is not kept. `code` enters the journal as `files.refused.<code>`; the sentence stands at the field."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__({"file": ValidationError(sentence, code=code)})
        self.refusal = code
