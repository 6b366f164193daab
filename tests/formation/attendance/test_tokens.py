"""Codes of the projector: bound to a half-day and to a moment, never before, never after."""

import base64
import datetime as dt
import uuid

import pytest

from formation.attendance.rules import scan_read, scan_seconds_left, scan_token, typed_code, typed_read
from formation.common.rules import CodeRefusalError

HERE, ELSEWHERE = uuid.UUID(int=1), uuid.UUID(int=2)
AT = dt.datetime(2026, 3, 10, 8, 0, tzinfo=dt.UTC)


def after(seconds: float) -> dt.datetime:
    return AT + dt.timedelta(seconds=seconds)


WINDOW = [(-1, "early"), (0, ""), (29, ""), (39, ""), (40, "late"), (3600, "late")]


@pytest.mark.parametrize(("seconds", "why"), WINDOW)
def test_a_scanned_code_serves_in_its_window_alone(seconds, why):
    token = scan_token(HERE, AT)
    assert scan_seconds_left(AT) == 30
    if not why:
        assert scan_read(token, after(seconds)) == HERE
        return
    with pytest.raises(CodeRefusalError) as caught:
        scan_read(token, after(seconds))
    assert (caught.value.why, caught.value.half_day_id) == (why, HERE)


def test_nothing_of_a_scanned_code_changes_unseen():
    packed = base64.urlsafe_b64decode(scan_token(HERE, AT) + "=")
    others = [bytes([*packed[:n], packed[n] ^ 1, *packed[n + 1 :]]) for n in range(len(packed))]
    forged = [base64.urlsafe_b64encode(each).decode().rstrip("=") for each in others]
    for token in [*forged, "", "x", "signer", "é" * 43, "A" * 43, "A" * 5000]:
        with pytest.raises(CodeRefusalError) as caught:
            scan_read(token, AT)
        assert caught.value.why == "forged"


def test_a_typed_code_serves_two_minutes_and_one_more():
    code = typed_code(HERE, AT)
    assert typed_code(ELSEWHERE, AT) != code
    for written, seconds in ((code, 0), (code.lower(), 119), (f" {code[:3]} {code[3:]} ", 179)):
        assert typed_read(written, [ELSEWHERE, HERE], after(seconds)) == HERE
    wrong = ((code, 180, "late"), (code, -1, "unknown"), ("AAAAAA", 0, "unknown"), ("", 0, "unknown"))
    for written, seconds, why in wrong:
        with pytest.raises(CodeRefusalError) as caught:
            typed_read(written, [ELSEWHERE, HERE], after(seconds))
        assert caught.value.why == why
    with pytest.raises(CodeRefusalError):
        typed_read(code, [ELSEWHERE], AT)
