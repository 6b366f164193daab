"""What is published, always the same cuts: no reader chooses them, so no choice undoes the hiding of small cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PublicationPlan:
    """What leaves of one indicator.

    `is_person`: its rows are persons, chosen once a period by their first event; `is_state`: what stood on the last
    day; otherwise they are events, which add up over time. `is_open`: nothing of it concerns anybody (départements,
    sessions), and no cell is hidden.
    """

    code: str
    measure: str
    is_person: bool = False
    is_state: bool = False
    is_open: bool = False
    cuts: tuple[str, ...] = ()
    crosses: tuple[str, ...] = ()
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Companion figures that are cells of a cut: code → (cut, key)."""
    apart: tuple[str, ...] = ()
    """Companion figures counted beside the headline, each by itself."""
    measures: tuple[str, ...] = ()
    """Shares and delays, shown when they rest on enough rows."""
    wholes: Mapping[str, str] = field(default_factory=dict)
    """Shares whose whole is a sum of cells of a cut, of its first months when it is by month. Beside the total, such a
    share leaves few wholes possible, and tells the cells that are left out.
    """
    sums: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Cells that the definition makes the sum of cells of another cut: (cut, key) → the others."""
    words: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()
    """Shares of the structures of indicator 4: beside their number, they tell how many are on each side."""


PUBLISHED = (
    PublicationPlan(
        "I1",
        "I1",
        cuts=(
            "by_month",
            "by_region",
            "by_zone",
            "by_form",
            "by_age",
            "by_sex",
            "by_nationality",
            "by_family",
            "by_urgency",
            "by_outcome",
        ),
        crosses=("region_form",),
        apart=("I1.young", "I1.advice", "I1.information", "I1.relance"),
        measures=("I1.median", "I1.p90", "I1.kept", "I1.off_hours"),
        wholes={"I1.kept": "by_urgency"},
    ),
    PublicationPlan(
        "I2",
        "I2",
        is_person=True,
        cuts=(
            "by_month",
            "by_form",
            "by_age",
            "by_sex",
            "by_level",
            "by_origin_region",
            "by_decision",
            "by_outcome",
        ),
        crosses=("region_outcome", "form_outcome"),
        cells={
            "I2.network": ("by_decision", "decision:RESEAU"),
            "I2.ordinary": ("by_decision", "decision:DROIT-COMMUN"),
            "I2.accepted": ("by_outcome", "accepted"),
            "I2.unsolved": ("by_outcome", "unsolved"),
            "I2.pending": ("by_outcome", "pending"),
        },
        sums={
            ("by_decision", "decision:DROIT-COMMUN"): (("by_outcome", "ordinary"),),
            ("by_decision", "decision:RESEAU"): tuple(
                ("by_outcome", key) for key in ("accepted", "pending", "unsolved")
            ),
        },
        apart=("I2.young",),
        measures=("I2.median", "I2.p90"),
    ),
    PublicationPlan(
        "I3",
        "I3",
        is_person=True,
        cuts=("by_month", "by_form", "by_age", "by_sex", "by_type", "by_distance", "by_host_region", "by_host_zone"),
        crosses=("form_age",),
        apart=("I3.outside", "I3.adhesion", "I3.young", "I3.stock"),
        measures=("I3.median", "I3.length", "I3.there_30", "I3.there_90", "I3.there_180"),
        wholes={"I3.there_30": "by_month", "I3.there_90": "by_month", "I3.there_180": "by_month"},
    ),
    PublicationPlan(
        "I4",
        "I4.structures",
        is_state=True,
        cuts=("by_type", "by_region", "by_habilitation"),
        apart=("I4.managers", "I4.places", "I4.suspended", "I4.unsigned", "I4.none"),
    ),
    PublicationPlan("I5", "I5", is_open=True, cuts=("by_month",), apart=("I5.C3", "I5.C4")),
    PublicationPlan(
        "I6",
        "I6.trained",
        is_person=True,
        cuts=("by_month", "by_region", "by_group", "by_employer", "by_partner"),
        apart=("I6.supported", "I6.aware", "I6.participations", "I6.teams"),
    ),
    PublicationPlan(
        "I7",
        "I7",
        is_open=True,
        cuts=("by_month", "by_module"),
        apart=("I7.planned", "I7.cancelled"),
        measures=("I7.achieved", "I7.teams", "I7.before", "I7.hours"),
        structures=("I7.teams", "I7.before"),
        words=("I7.document",),
    ),
    PublicationPlan(
        "I8",
        "I8",
        cuts=("by_month", "by_type", "by_severity", "by_place", "by_state"),
        apart=("I8.silent", "I8.suspended"),
        measures=("I8.declare", "I8.acknowledge", "I8.tell", "I8.in_time", "I8.analysed", "I8.signed"),
        structures=("I8.signed",),
        wholes={"I8.in_time": "by_severity", "I8.analysed": "by_state"},
        words=("I8.document",),
    ),
)
STATES = {"I3.stock", "I8.silent", "I8.suspended"}
"""Figures beside a flow that say what stood on the last day."""
OVERSEAS_REGIONS = ("01", "02", "03", "04", "06", "COM")
OVERSEAS = "outre-mer"
"""Régions overseas are one département each: structures and stays are told there together, never one by one."""
TOGETHER = {("I4", "by_region"), ("I3", "by_host_region")}
ZONES = {"by_zone": "by_region", "by_host_zone": "by_host_region"}
"""A coarser cut, and the finer one that adds up to it."""
LEAST_BASE = 10
"""A share or a delay is shown when it rests on at least so many rows; and no side of a share is from 1 to 4."""
