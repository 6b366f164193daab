"""Nobody works out a hidden number: another solver, over everything published, finds no hidden number held closely."""

import numpy as np
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from dashboards.reporting.releases.rules.masking import WIDTH, protect
from dashboards.reporting.releases.rules.programme import SMALL, Number, Programme, State, is_small


class Tables:
    """Cells by name, and sums that tie them, as a programme."""

    def __init__(self):
        self.programme = Programme()

    def add(self, key, n, *, cost=1.0, state=State.FREE, parts=None):
        places = tuple(self.programme.unknown(part) for part in (parts or [key]))
        is_old = state in (State.SHOWN, State.HIDDEN)
        number = Number(places, n, state, n, n, cost, is_small=is_small(n), is_old=is_old)
        self.programme.numbers[key] = number

    def tie(self, total, parts):
        self.programme.tie([self.programme.unknown(total)], [self.programme.unknown(part) for part in parts])

    def follows(self, parts, n):
        places = tuple(self.programme.unknown(part) for part in parts)
        self.programme.numbers[("rest", *parts)] = Number(places, n, State.NEVER, n, n, is_small=is_small(n))

    def check(self):
        """Hide, then attack. Answers what was hidden."""
        outcome = protect(self.programme)
        assert outcome.held == ()
        hidden = set(outcome.hidden) | {
            key for key, one in self.programme.numbers.items() if one.state in (State.HIDDEN, State.NEVER)
        }
        shown = {key: one for key, one in self.programme.numbers.items() if key not in hidden}
        assert not [key for key, one in shown.items() if is_small(one.n) and one.state is State.FREE]
        for key, (least, most) in self.bounds(shown, hidden).items():
            one = self.programme.numbers[key]
            assert least - 1e-6 <= one.n <= most + 1e-6
            if one.state is not State.NEVER or one.is_small:
                assert most - least >= WIDTH - 1e-6, (key, least, most)
        return set(outcome.hidden)

    def bounds(self, shown, hidden):
        """Least and most of each hidden number for a reader who knows the sums and what is shown (SciPy)."""
        width, equal, right, over = len(self.programme.unknowns), [], [], []
        for row in self.programme.equal:
            equal.append([row.get(place, 0.0) for place in range(width)])
            right.append(0.0)
        for one in shown.values():
            equal.append([float(place in one.parts) for place in range(width)])
            right.append(one.n)
        for key in hidden:
            if self.programme.numbers[key].state is not State.NEVER:
                over.append([-float(place in self.programme.numbers[key].parts) for place in range(width)])
        found = {}
        for key in hidden:
            ends = []
            for sign in (1, -1):
                cost = [sign * float(place in self.programme.numbers[key].parts) for place in range(width)]
                answer = linprog(
                    cost,
                    A_eq=np.array(equal) if equal else None,
                    b_eq=np.array(right) if equal else None,
                    A_ub=np.array(over) if over else None,
                    b_ub=-np.ones(len(over)) if over else None,
                    bounds=[(0, None)] * width,
                    method="highs",
                )
                assert answer.status in (0, 3), answer.message
                ends.append(sign * answer.fun if answer.status == 0 else -sign * np.inf)
            found[key] = tuple(ends)
        return found


def one_way(*numbers):
    tables = Tables()
    for place, number in enumerate(numbers):
        tables.add(("line", place), number)
    tables.add("total", sum(numbers), cost=400.0)
    tables.tie("total", [("line", place) for place in range(len(numbers))])
    return tables


def test_a_small_number_takes_another_line_with_it():
    assert one_way(2, 30, 9, 50).check() == {("line", 0), ("line", 2)}


def test_two_small_numbers_that_leave_too_little_room_take_a_third():
    assert one_way(1, 1, 12, 60).check() == {("line", 0), ("line", 1), ("line", 2)}


def test_nothing_small_hides_nothing():
    assert one_way(5, 8, 0, 20).check() == set()


def test_a_total_is_hidden_when_its_lines_leave_no_other_way():
    assert one_way(3, 0, 0).check() == {("line", 0), "total"}
    assert "total" in one_way(1, 1, 3).check()


def test_what_was_published_before_stays_and_the_new_number_gives_way():
    """A half-year is out; the year would tell the other half by subtraction."""
    tables = Tables()
    tables.add("half", 40, state=State.SHOWN)
    tables.add("year", 42, cost=400.0, parts=["half", "rest"])
    tables.follows(["rest"], 2)
    assert tables.check() == {"year"}


def test_a_zero_that_would_tell_a_number_is_said_to_hold_it():
    """Two of three parts are hidden; the third, told to be none, would leave one of them alone with a known sum."""
    tables = Tables()
    tables.add("two", 3, state=State.SHOWN, parts=["a", "b"])
    tables.add("a", 3, state=State.HIDDEN)
    tables.add("b", 0)
    assert protect(tables.programme).held == ("a",)


def test_an_old_number_that_readers_hold_already_keeps_what_it_has():
    tables = Tables()
    tables.add("two", 3, state=State.SHOWN, parts=["a", "b"])
    tables.add("a", 1, state=State.HIDDEN)
    tables.add("b", 2, state=State.HIDDEN)
    tables.add("c", 12)
    assert protect(tables.programme).held == ()


def test_a_share_is_hidden_when_it_would_tell_what_is_left():
    """20 of 40, then 22 of 43: between both, two of three."""
    tables = Tables()
    first, second = (tables.programme.unknown(name) for name in ("first", "second"))
    tables.programme.numbers["half"] = Number((first,), 20, State.SHOWN, 20, 20, least=0, is_old=True)
    tables.programme.numbers["year"] = Number((first, second), 22, State.FREE, 22, 22, 30.0, least=0)
    tables.follows(["second"], 2)
    assert protect(tables.programme).hidden == {"year"}


def table(rows, name="", tables=None):
    """A two-way table with its margins, tied to others by the margin of its lines."""
    tables = tables or Tables()
    for down, row in enumerate(rows):
        for across, number in enumerate(row):
            tables.add((name, down, across), number)
        tables.add(("down", down), sum(row), cost=6.0)
        tables.tie(("down", down), [(name, down, across) for across in range(len(row))])
    columns = list(zip(*rows, strict=True))
    for across, column in enumerate(columns):
        tables.add((name, "across", across), sum(column), cost=6.0)
        tables.tie((name, "across", across), [(name, down, across) for down in range(len(rows))])
    tables.add("all", sum(map(sum, rows)), cost=400.0)
    tables.tie("all", [("down", down) for down in range(len(rows))])
    tables.tie("all", [(name, "across", across) for across in range(len(columns))])
    return tables


small = st.one_of(st.integers(0, SMALL + 2), st.integers(0, 60))


def grids(downs, acrosses):
    return st.lists(st.lists(small, min_size=acrosses, max_size=acrosses), min_size=downs, max_size=downs)


@settings(max_examples=40, deadline=None)
@given(grids(4, 4))
def test_no_cell_of_a_random_table_can_be_worked_out(rows):
    table(rows).check()


@settings(max_examples=25, deadline=None)
@given(grids(3, 3), st.randoms(use_true_random=False))
def test_no_cell_of_tables_that_share_a_margin_can_be_worked_out(rows, draw):
    """The second table spreads the same lines over other columns."""
    tables, other = table(rows, "first"), []
    for row in rows:
        left, spread = sum(row), []
        for _ in range(2):
            spread.append(draw.randint(0, left))
            left -= spread[-1]
        other.append([*spread, left])
    table(other, "second", tables).check()
