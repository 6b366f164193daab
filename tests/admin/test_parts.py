"""Parts that several capabilities declare on one file."""

from types import SimpleNamespace

import pytest

from cases.files.models import Case
from cases.stays.models import Placement
from cms.admin import parts
from cms.admin.parts import FilePart, blocks_of, facts_of, next_step_of, parts_on, register_parts
from cms.kit.blocks import Facts

ROW = SimpleNamespace(is_open=True)


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    monkeypatch.setattr(parts, "_registered", parts.defaultdict(list))


def said(order: int, name: str, *, is_waiting: bool = False) -> FilePart:
    return FilePart(
        order=order,
        facts=lambda row: [(name, "")],
        blocks=lambda row: [Facts(name, [])],
        next_step=lambda row: name if is_waiting else "",
    )


def test_parts_stand_in_their_order_whoever_declares_them():
    register_parts(Case, said(20, "stays"), said(10, "requests"))
    shown = parts_on(Case, [said(0, "own"), said(90, "end")])
    assert [label for label, _ in facts_of(shown, ROW)] == ["own", "requests", "stays", "end"]
    assert [block.title for block in blocks_of(shown, ROW)] == ["own", "requests", "stays", "end"]
    assert parts_on(Placement) == []


def test_the_part_that_is_furthest_along_says_what_to_do():
    shown = [said(10, "requests", is_waiting=True), said(20, "stays", is_waiting=True), said(30, "circuit")]
    assert next_step_of(shown, ROW) == "stays"
    assert next_step_of(shown[2:], ROW) == ""
