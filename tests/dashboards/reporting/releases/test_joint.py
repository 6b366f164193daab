"""All releases together: over sequences of at least six, an attacker written apart recovers nothing."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest

from dashboards.periods import Period
from dashboards.reporting.releases.rules import joint, plan as plan_rules, together
from dashboards.reporting.releases.rules.cells import Cells
from dashboards.reporting.releases.rules.content import content_of
from dashboards.reporting.releases.rules.joint import Told, masked
from dashboards.reporting.releases.services import cells_told
from tests.dashboards.reporting.releases.attacker import Finding, attacks
from tests.dashboards.reporting.releases.drawn import DETAILS, Network, chosen, network, outcome_of, report_of
from tests.dashboards.reporting.releases.reading import FINER, coarse_of
from tests.plugins.extent import sampled

WIDTH, NEAR = 3.0, 1e-5
DAY = dt.timedelta(days=1)


def month_days(year: int, first: int, last: int) -> Period:
    end = dt.date(year + last // 12, last % 12 + 1, 1) - DAY
    return Period(dt.date(year, first, 1), end)


CALENDAR = [month_days(2025, 1, last) for last in (3, 6, 9, 12)] + [month_days(2026, 1, last) for last in (3, 6, 9)]
QUARTERS = [month_days(2025, first, first + 2) for first in (1, 4, 7, 10)] + [
    month_days(2025, 1, 12),
    month_days(2025, 1, 6),
]
MONTHS = [month_days(2026, month, month) for month in (4, 5, 6, 7, 8)] + [
    month_days(2026, 4, 8),
    month_days(2026, 9, 9),
    month_days(2026, 1, 9),
]
WINDOWS = [month_days(2026, *ends) for ends in ((1, 3), (2, 5), (3, 8), (4, 9), (5, 7), (1, 9))]
SHIFTED = [Period(dt.date(2025, month, 1), dt.date(2026, month, 1) - DAY) for month in range(1, 7)]


def drawn(seed: int) -> list[Period]:
    """Six to eight periods of whole months that are over, whatever they have in common."""
    draw, found = random.Random(seed), {}
    while len(found) < 6 + seed % 3:
        first = draw.randrange(20)
        last = first + draw.choice((0, 1, 2, 2, 5, 5, 8, 11))
        if last < 21:
            found[_between(first, last)] = None
    return list(found)


def _between(first: int, last: int) -> Period:
    begins = dt.date(2025 + first // 12, first % 12 + 1, 1)
    return Period(begins, dt.date(2025 + (last + 1) // 12, (last + 1) % 12 + 1, 1) - DAY)


def publish(net: Network, periods: Sequence[Period]) -> list[dict[str, Any]]:
    """What each release says, one after the other, masked with those before."""
    before: list[Told] = []
    contents = []
    for period in periods:
        report = report_of(net, period)
        found = masked(Cells(report), before, DETAILS)
        content = content_of(found.cells, found.hidden)
        before.append(cells_told(report, content))
        contents.append(content)
    return contents


def truth(net: Network, finding: Finding) -> int:
    """The number itself, counted in the rows."""
    measure, (first, after) = finding.measure, finding.span
    last = after - DAY
    if measure == "I4":
        rows = [row for row in net.structures if row["day"] <= last]
    elif measure in ("I2", "I3", "I6"):
        begins = finding.begins
        inside = [row for row in net.rows[measure] if begins <= row["day"] <= last]
        rows = [row for row in chosen(inside, Period(begins, last)) if row["day"] >= first]
        if measure == "I2":
            rows = [{**row, "by_outcome": outcome_of(row, inside)} for row in rows]
    else:
        rows = [row for row in net.rows[measure] if first <= row["day"] <= last]
    return sum(all(_is(row, cut, key) for cut, key in finding.what) for row in rows)


def _is(row: dict[str, Any], cut: str, key: str) -> bool:
    if cut == "share":
        return row["off_hours"] is (key == "off")
    if cut in row:
        return row[cut] == key
    return coarse_of(cut, row[FINER[cut]]) == key


def recovered(net: Network, contents: Sequence[dict[str, Any]]) -> tuple[list[tuple[Finding, int]], int]:
    """What the attacker holds too closely, and how many numbers it tried. Its own model is checked on the way."""
    close, tried = [], 0
    for attack in attacks(contents):
        known = attack.measure in (*net.rows, "I4")
        for finding in attack.findings(WIDTH):
            tried += 1
            number = truth(net, finding) if known else None
            if number is not None and not finding.is_cell and not 1 <= number <= 4:
                continue
            if number is not None:
                assert (
                    finding.least - NEAR <= number <= finding.most + NEAR or finding.most - finding.least >= WIDTH
                ), finding
            if (finding.is_cell or number is not None) and finding.most - finding.least < WIDTH - NEAR:
                close.append((finding, number if number is not None else -1))
    return close, tried


SEQUENCES = {
    "calendar": CALENDAR,
    "quarters": QUARTERS,
    "months": MONTHS,
    "windows": WINDOWS,
    "shifted": SHIFTED,
    **{f"drawn-{seed}": drawn(seed) for seed in range(10)},
}


@pytest.mark.sampled
@pytest.mark.parametrize("name", sampled(list(SEQUENCES), ["calendar", "quarters", "drawn-1"]))
@pytest.mark.parametrize(("seed", "size"), sampled([(1, 150), (2, 300), (3, 700)], [(2, 200)]))
def test_the_joint_attacker_recovers_nothing(name, seed, size):
    net = network(seed, size)
    contents = publish(net, SEQUENCES[name])
    assert len(contents) >= 6
    close, tried = recovered(net, contents)
    assert close == []
    assert tried > 50


def _nothing(self: Any) -> None:
    return None


RULES = {
    "history": (joint, "_beside", lambda days, before: []),
    "what follows": (together.Joint, "_remainders", _nothing),
    "coarser cuts": (together, "COARSER", ()),
    "persons": (together.Joint, "_origins", _nothing),
}


@pytest.mark.sampled
@pytest.mark.parametrize("rule", sampled(list(RULES), ["history"]))
def test_without_one_of_the_rules_the_attacker_finds_numbers(rule, monkeypatch):
    monkeypatch.setattr(*RULES[rule])
    net = network(2, 200)
    assert recovered(net, publish(net, SHIFTED if rule == "persons" else CALENDAR))[0]


def test_without_the_ties_of_its_definition_one_release_tells_outcomes(monkeypatch):
    """What goes to the network is accepted, pending or unsolved; the rest is ordinary."""
    found = [_outcomes_found(monkeypatch, is_tied=is_tied) for is_tied in (True, False)]
    assert found[0] == []
    assert found[1]


def _outcomes_found(monkeypatch: pytest.MonkeyPatch, *, is_tied: bool) -> list[tuple[Finding, int]]:
    if not is_tied:
        for plan in plan_rules.PUBLISHED:
            monkeypatch.setitem(vars(plan), "ties", ())
    close = []
    for seed in (9, 13):
        net = network(seed, 75)
        found = recovered(net, publish(net, [month_days(2025, 1, 6)]))[0]
        close += [one for one in found if one[0].measure == "I2"]
    return close


def test_every_plan_says_what_ties_its_numbers():
    """A cut that nobody looked at for ties could tell others: none is left out, and « none » is written."""
    for plan in plan_rules.PUBLISHED:
        assert plan.is_open or plan.ties is not None, plan.code
