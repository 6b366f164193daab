"""Closed periods, what is published, targets; what the State asks."""

from dashboards.reporting.history.models import HistoryImport
from dashboards.reporting.periods.models import ClosedPeriod, ClosedRows, Revision
from dashboards.reporting.releases.models import Release
from dashboards.reporting.state.models import Committee, StateQuestion
from dashboards.reporting.targets.models import Target

__all__ = [
    "ClosedPeriod",
    "ClosedRows",
    "Committee",
    "HistoryImport",
    "Release",
    "Revision",
    "StateQuestion",
    "Target",
]
