"""`--by-file 40`: the forty files that take longest, with the seconds that their tests took and those of Python's own
work, which another program on the machine does not lengthen as much.
"""

import time
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass

import pytest


@dataclass
class Cost:
    tests: int = 0
    seconds: float = 0
    worked: float = 0


_costs: dict[str, Cost] = defaultdict(Cost)
_last = time.process_time()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--by-file", type=int, default=0, metavar="N", help="the N files whose tests take longest")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on each report the work since the one before: setup, call and teardown have one each."""
    global _last
    report = yield
    now = time.process_time()
    report.worked, _last = now - _last, now
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    cost = _costs[report.nodeid.partition("::")[0]]
    cost.tests += report.when == "call"
    cost.seconds += report.duration
    cost.worked += getattr(report, "worked", 0)  # a worker that died told nothing


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count: int = config.getoption("--by-file")
    if not count:
        return
    rows = sorted(_costs.items(), key=lambda row: row[1].seconds, reverse=True)
    whole = Cost(
        sum(cost.tests for cost in _costs.values()),
        sum(cost.seconds for cost in _costs.values()),
        sum(cost.worked for cost in _costs.values()),
    )
    terminalreporter.section("by file")
    for path, cost in [("all", whole), *rows[:count]]:
        terminalreporter.write_line(f"{cost.seconds:8.1f} s {cost.worked:8.1f} s {cost.tests:6}  {path}")
