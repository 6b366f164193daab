"""Nobody works out a hidden number: another solver, over everything published, finds no hidden cell held closely."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from dashboards.reporting.releases.rules.masking import SMALL, WIDTH, DisclosureError, Network, hide


def bounds(network: Network, shown: dict, hidden: list) -> dict:
    """Least and most of each hidden cell for a reader who knows the sums and what is shown (HiGHS through SciPy)."""
    places = {key: place for place, key in enumerate(hidden)}
    rows, known = [], []
    for one in network.sums:
        row, right = np.zeros(len(hidden)), 0.0
        for key, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
            if key in places:
                row[places[key]] += sign
            else:
                right -= sign * shown[key]
        rows.append(row)
        known.append(right)
    found = {}
    limits = [(0 if key in network.unpublished else 1, None) for key in hidden]
    for key, place in places.items():
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(hidden))
            cost[place] = sign
            answer = linprog(cost, A_eq=np.array(rows), b_eq=np.array(known), bounds=limits, method="highs")
            assert answer.status in (0, 3), answer.message
            ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
        found[key] = tuple(ends)
    return found


def check(network: Network) -> set:
    """Hide, then attack. Answers what was hidden."""
    masked = hide(network)
    unknown = sorted(masked | network.unpublished, key=repr)
    shown = {key: number for key, number in network.numbers.items() if key not in unknown}
    assert not [key for key, number in shown.items() if 1 <= number <= SMALL and key not in network.fixed]
    if unknown:
        for key, (least, most) in bounds(network, shown, unknown).items():
            if key in masked or 1 <= network.numbers[key] <= SMALL:
                assert least < most, key
                assert most - least >= WIDTH - 1e-6, (key, least, most)
                assert least - 1e-6 <= network.numbers[key] <= most + 1e-6
    return masked


def one_way(*numbers: int) -> Network:
    network = Network()
    for place, number in enumerate(numbers):
        network.add(("line", place), number)
    network.add("total", sum(numbers), cost=10_000)
    network.tie("total", [("line", place) for place in range(len(numbers))])
    return network


def test_a_small_number_takes_another_line_with_it():
    assert check(one_way(2, 30, 9, 50)) == {("line", 0), ("line", 2)}


def test_two_small_numbers_that_leave_too_little_room_take_a_third():
    assert check(one_way(1, 1, 12, 60)) == {("line", 0), ("line", 1), ("line", 2)}


def test_nothing_small_hides_nothing():
    assert check(one_way(5, 8, 0, 20)) == set()


def test_a_total_is_hidden_when_its_lines_leave_no_other_way():
    assert check(one_way(3, 0, 0)) == {("line", 0), "total"}
    assert "total" in check(one_way(1, 1, 3))


def test_what_was_published_before_stays_and_the_new_cell_gives_way():
    """A half-year is out; the year would tell the other half by subtraction."""
    network = Network()
    network.add("half", 40)
    network.add("year", 42, cost=10_000)
    network.add("rest", 2)
    network.fixed.add("half")
    network.unpublished.add("rest")
    network.tie("year", ["half", "rest"])
    assert check(network) == {"year"}


def test_what_two_publications_already_told_is_refused():
    network = one_way(40, 2)
    network.fixed |= {("line", 0), "total"}
    with pytest.raises(DisclosureError):
        hide(network)


def table(rows: list[list[int]], name: str = "", network: Network | None = None) -> Network:
    """A two-way table with its margins, tied to others of the network by the margin of its lines."""
    network = network or Network()
    for down, row in enumerate(rows):
        for across, number in enumerate(row):
            network.add((name, down, across), number)
        network.add(("down", down), sum(row), cost=100 + sum(row))
        network.tie(("down", down), [(name, down, across) for across in range(len(row))])
    columns = list(zip(*rows, strict=True))
    for across, column in enumerate(columns):
        network.add((name, "across", across), sum(column), cost=100 + sum(column))
        network.tie((name, "across", across), [(name, down, across) for down in range(len(rows))])
    network.add("all", sum(map(sum, rows)), cost=100_000)
    network.tie("all", [("down", down) for down in range(len(rows))])
    network.tie("all", [(name, "across", across) for across in range(len(columns))])
    return network


small = st.one_of(st.integers(0, 6), st.integers(0, 60))


def grids(downs: int, acrosses: int):
    return st.lists(st.lists(small, min_size=acrosses, max_size=acrosses), min_size=downs, max_size=downs)


@settings(max_examples=40, deadline=None)
@given(grids(4, 4))
def test_no_cell_of_a_random_table_can_be_worked_out(rows):
    check(table(rows))


@settings(max_examples=25, deadline=None)
@given(grids(3, 3), st.randoms(use_true_random=False))
def test_no_cell_of_tables_that_share_a_margin_can_be_worked_out(rows, draw):
    """The second table spreads the same lines over other columns."""
    network, other = table(rows, "first"), []
    for row in rows:
        left, spread = sum(row), []
        for _ in range(2):
            spread.append(draw.randint(0, left))
            left -= spread[-1]
        other.append([*spread, left])
    check(table(other, "second", network))


@settings(max_examples=25, deadline=None)
@given(st.lists(small, min_size=6, max_size=6), st.lists(small, min_size=6, max_size=6))
def test_a_year_after_its_first_half_tells_nothing_more(first, second):
    """Six lines of one half published before; the year comes after, and the other half follows by subtraction."""
    before = one_way(*first)
    hidden = hide(before)
    network = Network()
    for place, (one, two) in enumerate(zip([*first, sum(first)], [*second, sum(second)], strict=True)):
        name = "total" if place == 6 else place
        network.add(("half", name), one)
        network.add(("rest", name), two)
        network.add(("year", name), one + two, cost=10_000 if place == 6 else None)
        network.unpublished.add(("rest", name))
        was = "total" if place == 6 else ("line", place)
        (network.hidden if was in hidden else network.fixed).add(("half", name))
        network.tie(("year", name), [("half", name), ("rest", name)])
    for period in ("half", "rest", "year"):
        network.tie((period, "total"), [(period, place) for place in range(6)])
    check(network)
