"""Questions of a module, as its authors write them in the back office."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from formation.curriculum.rules import BOTH, MOMENTS, NO_NAME
from formation.enums import QuestionKind


def _text() -> blocks.CharBlock:
    return blocks.CharBlock(label="Question", max_length=300)


def _moment() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(label="Posée", choices=MOMENTS, default=BOTH)


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Réponse proposée", max_length=200)
    is_right = blocks.BooleanBlock(label="Bonne réponse", required=False)

    class Meta:
        label = "réponse"
        icon = "tick"


class SeveralBlock(blocks.StructBlock):
    """Several answers may be ticked. Without a right one, the question asks an opinion and is not scored."""

    text = _text()
    choices = blocks.ListBlock(ChoiceBlock(), label="Réponses proposées", min_num=2, max_num=8)
    moment = _moment()

    class Meta:
        label = QuestionKind.SEVERAL.label
        icon = "list-ul"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        texts = [choice["text"].strip().lower() for choice in cleaned["choices"]]
        if len(set(texts)) < len(texts):
            raise _refused("La même réponse est proposée deux fois.")
        return cleaned


class OneBlock(SeveralBlock):
    """One answer, among several."""

    class Meta:
        label = QuestionKind.ONE.label
        icon = "radio-full"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if sum(bool(choice["is_right"]) for choice in cleaned["choices"]) > 1:
            raise _refused("Une seule réponse peut être la bonne : prenez sinon « Plusieurs choix ».")
        return cleaned


def _refused(sentence: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={"choices": ValidationError(sentence)})


class ScaleBlock(blocks.StructBlock):
    """How confident somebody feels, from 1 to 5."""

    text = _text()
    moment = _moment()

    class Meta:
        label = QuestionKind.SCALE.label
        icon = "order"


class WordsBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Question", max_length=300, help_text=f"Sous la question, chacun lira : {NO_NAME}")
    moment = _moment()

    class Meta:
        label = QuestionKind.TEXT.label
        icon = "pilcrow"


class QuestionsBlock(blocks.StreamBlock):
    one = OneBlock()
    several = SeveralBlock()
    scale = ScaleBlock()
    text = WordsBlock()

    class Meta:
        max_num = 20
        required = False


def question_content(block: blocks.StreamValue.StreamChild) -> dict[str, Any]:
    """Return one question as a version freezes it; its key stays the same from version to version."""
    words: dict[str, Any] = {
        "key": str(block.id or ""),
        "kind": block.block_type,
        "text": block.value["text"],
        "moment": block.value["moment"],
    }
    if "choices" in block.value:
        choices = list(block.value["choices"])
        words["choices"] = [choice["text"] for choice in choices]
        words["right"] = [rank for rank, choice in enumerate(choices) if choice["is_right"]]
    return words
