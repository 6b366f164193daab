"""What is published, always the same cuts: no reader chooses them, so no choice undoes the hiding of small cells.

The longer the period, the more is told of it; and a cut leaves only when there are enough rows for its classes,
coarser classes until then. What decides is the number of the headline, which is told.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Level(enum.IntEnum):
    """How much is told of a period: of a quarter, of a part of the year, of a year."""

    QUARTER = 1
    PART = 2
    YEAR = 3


class Kind(enum.Enum):
    EVENTS = "events"
    """They add up over time."""
    PERSONS = "persons"
    """Chosen once a period, by their first event since its first day."""
    STATE = "state"
    """What stood on the last day."""


@dataclass(frozen=True)
class Cut:
    """A table that leaves from a level on, while the headline counts from `least` rows to less than `below`; from so
    many a month, for one by month.
    """

    code: str
    level: Level = Level.QUARTER
    least: int = 0
    below: int = 0
    is_monthly: bool = False

    def is_told(self, level: Level, rows: int, months: int) -> bool:
        ratio = months if self.is_monthly else 1
        return level >= self.level and self.least * ratio <= rows and not 0 < self.below * ratio <= rows


def cut(code: str, level: Level = Level.QUARTER, *, least: int = 0, coarse: str = "", few: int = 0) -> tuple[Cut, ...]:
    """Return a cut told from `least` rows on, and the coarser one that stands for it below, from `few` rows on."""
    is_monthly = code == "by_month"
    finer = Cut(code, level, least, is_monthly=is_monthly)
    return (finer, *([Cut(coarse, level, few, least, is_monthly)] if coarse else []))


Class = tuple[str, str]
"""A cut, and the key of one of its classes."""


@dataclass(frozen=True)
class Tie:
    """What a definition makes equal: the classes of one cut, and those of another."""

    whole: tuple[Class, ...]
    parts: tuple[Class, ...]


@dataclass(frozen=True)
class Coarser:
    """A cut whose classes are those of a finer one, added up.

    `of` gives the class of each finer key, the others being of `rest`. `title` and `labels` are those of a cut that no
    indicator has by itself: it is worked out of the finer one. `detail` names the detail of the list of values that
    gives the class. What is not filled in stays so.
    """

    code: str
    fine: str
    of: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    detail: str = ""

    def class_of(self, key: str, details: Mapping[str, str] | None = None) -> str:
        if not key:
            return ""
        return (details or {}).get(key, "") if self.detail else self.of.get(key, self.rest)


@dataclass(frozen=True)
class PublicationPlan:
    """What leaves of one indicator.

    `is_open`: nothing of it concerns anybody (départements, sessions), and no cell is hidden.
    """

    code: str
    measure: str
    kind: Kind = Kind.EVENTS
    is_open: bool = False
    tables: tuple[Cut, ...] = ()
    """Breakdowns, and coarser ones worked out of them."""
    crosses: tuple[Cut, ...] = ()
    """Two-way tables. What they give in their margins is told as well."""
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Companion figures that are cells of a cut: code → (cut, key)."""
    apart: Mapping[str, Kind] = field(default_factory=dict)
    """Companion figures counted beside the headline, each by itself."""
    shares: tuple[str, ...] = ()
    """Those of `measures` whose whole is the headline: beside it, each tells its part."""
    measures: tuple[str, ...] = ()
    """Shares and delays, shown when they rest on enough rows."""
    wholes: Mapping[str, str] = field(default_factory=dict)
    """Shares whose whole is a sum of cells of a cut, of its first months when it is by month. Beside the total, such a
    share leaves few wholes possible, and tells the cells that are left out.
    """
    ties: tuple[Tie, ...] | None = None
    """What the definition makes equal. Empty, it says that somebody looked for ties and that there is none."""
    followed: tuple[str, ...] = ()
    """Cuts whose class depends on the period itself: the same person may stand in another class of a longer one."""
    growing: tuple[Class, ...] = ()
    """Of those, classes that nobody leaves when the period grows."""
    lasting: tuple[str, ...] = ()
    """Cuts by what a person keeps from one event to the next."""
    words: tuple[str, ...] = ()
    nights: tuple[str, str] | None = None
    """The nights, and the number of those who are there on the last day: a sum over persons whose numbers are told."""
    structures: tuple[str, ...] = ()
    """Shares of the structures of indicator 4: beside their number, they tell how many are on each side."""


REGIONS, MANY, AGES, FORMS = 160, 90, 60, 40
"""Rows from which cuts of many classes leave: about ten a class that is often met."""
FIVE, THREE, TWO = 30, 15, 10
"""Rows from which cuts of so many classes leave."""
CROSSED, CROSSED_REGIONS, MISSING = 150, 300, 100
"""Rows from which two-way tables leave: below, nearly every cell would be masked."""
MONTHS = cut("by_month", least=4, coarse="by_quarter")
"""By month from four rows a month on, by quarter below."""

PUBLISHED = (
    PublicationPlan(
        "I1",
        "I1",
        tables=(
            *MONTHS,
            *cut("by_zone", least=THREE),
            *cut("by_region", Level.PART, least=REGIONS),
            *cut("by_form", Level.PART, least=FORMS, coarse="by_form_wide", few=TWO),
            *cut("by_age", Level.PART, least=AGES, coarse="by_age_wide", few=THREE),
            *cut("by_sex", least=TWO),
            *cut("by_nationality", Level.PART, least=MANY, coarse="by_nationality_wide", few=THREE),
            *cut("by_unaccompanied", least=TWO),
            *cut("by_family", Level.PART, least=MANY, coarse="by_family_wide", few=THREE),
            *cut("by_urgency", least=FIVE, coarse="by_urgency_wide", few=TWO),
            *cut("by_outcome", least=FIVE),
        ),
        crosses=cut("region_form", Level.YEAR, least=CROSSED_REGIONS),
        apart=dict.fromkeys(("I1.young", "I1.advice", "I1.information", "I1.relance"), Kind.EVENTS),
        measures=("I1.median", "I1.p90", "I1.kept", "I1.off_hours"),
        shares=("I1.off_hours",),
        wholes={"I1.kept": "by_urgency"},
        ties=(),
    ),
    PublicationPlan(
        "I2",
        "I2",
        kind=Kind.PERSONS,
        tables=(
            *MONTHS,
            *cut("by_form", Level.PART, least=FORMS, coarse="by_form_wide", few=TWO),
            *cut("by_age", Level.PART, least=AGES, coarse="by_age_wide", few=THREE),
            *cut("by_sex", least=TWO),
            *cut("by_nationality", Level.PART, least=MANY, coarse="by_nationality_wide", few=THREE),
            *cut("by_unaccompanied", least=TWO),
            *cut("by_family", Level.PART, least=MANY, coarse="by_family_wide", few=THREE),
            *cut("by_level", Level.PART, least=THREE),
            *cut("by_origin_region", Level.PART, least=REGIONS, coarse="by_origin_zone", few=TWO),
            *cut("by_decision"),
            *cut("by_outcome"),
        ),
        crosses=(
            *cut("region_outcome", Level.YEAR, least=CROSSED_REGIONS),
            *cut("form_outcome", Level.YEAR, least=CROSSED),
            *cut("missing", Level.PART, least=MISSING, coarse="missing_total"),
        ),
        cells={
            "I2.network": ("by_decision", "decision:RESEAU"),
            "I2.ordinary": ("by_decision", "decision:DROIT-COMMUN"),
            "I2.accepted": ("by_outcome", "accepted"),
            "I2.unsolved": ("by_outcome", "unsolved"),
            "I2.pending": ("by_outcome", "pending"),
        },
        ties=(
            Tie((("by_decision", "decision:DROIT-COMMUN"),), (("by_outcome", "ordinary"),)),
            Tie(
                (("by_decision", "decision:RESEAU"),),
                tuple(("by_outcome", key) for key in ("accepted", "pending", "unsolved")),
            ),
        ),
        followed=("by_outcome",),
        growing=(("by_outcome", "accepted"),),
        lasting=(
            *("by_sex", "by_form", "by_origin_region", "by_origin_zone"),
            *("by_nationality", "by_nationality_wide", "by_unaccompanied"),
        ),
        apart={"I2.young": Kind.PERSONS},
        measures=("I2.median", "I2.p90"),
    ),
    PublicationPlan(
        "I3",
        "I3",
        kind=Kind.PERSONS,
        tables=(
            *MONTHS,
            *cut("by_form", Level.PART, least=FORMS, coarse="by_form_wide", few=TWO),
            *cut("by_age", Level.PART, least=AGES, coarse="by_age_wide", few=THREE),
            *cut("by_sex", least=TWO),
            *cut("by_unaccompanied", least=TWO),
            *cut("by_origin_region", Level.PART, least=REGIONS, coarse="by_origin_zone", few=TWO),
            *cut("by_type", Level.PART, least=MANY),
            *cut("by_distance", Level.PART, least=FIVE),
            *cut("by_host_region", Level.PART, least=REGIONS),
            *cut("by_host_zone", least=TWO),
        ),
        crosses=cut("form_age", Level.YEAR, least=CROSSED),
        apart=dict.fromkeys(("I3.outside", "I3.adhesion", "I3.young"), Kind.PERSONS) | {"I3.stock": Kind.STATE},
        measures=("I3.median", "I3.length", "I3.there_30", "I3.there_90", "I3.there_180"),
        wholes={"I3.there_30": "by_month", "I3.there_90": "by_month", "I3.there_180": "by_month"},
        ties=(),
        lasting=("by_sex", "by_form", "by_origin_region", "by_origin_zone", "by_unaccompanied"),
        nights=("I3.nights", "I3.stock"),
    ),
    PublicationPlan(
        "I4",
        "I4.structures",
        kind=Kind.STATE,
        tables=(
            *cut("by_type", Level.PART, least=MANY),
            *cut("by_region", Level.PART, least=REGIONS, coarse="by_region_wide", few=TWO),
            *cut("by_habilitation", Level.PART, least=FIVE),
        ),
        apart=dict.fromkeys(("I4.managers", "I4.places", "I4.suspended", "I4.unsigned", "I4.none"), Kind.STATE),
        ties=(),
    ),
    PublicationPlan(
        "I5", "I5", is_open=True, tables=(Cut("by_month"),), apart=dict.fromkeys(("I5.C3", "I5.C4"), Kind.STATE)
    ),
    PublicationPlan(
        "I6",
        "I6.trained",
        kind=Kind.PERSONS,
        tables=(
            *MONTHS,
            *cut("by_region", Level.PART, least=REGIONS, coarse="by_region_wide", few=TWO),
            *cut("by_group", Level.PART, least=MANY),
            *cut("by_employer", Level.PART, least=MANY),
            *cut("by_partner", least=TWO),
        ),
        apart={
            "I6.supported": Kind.PERSONS,
            "I6.aware": Kind.PERSONS,
            "I6.participations": Kind.EVENTS,
            "I6.teams": Kind.PERSONS,
        },
        ties=(),
    ),
    PublicationPlan(
        "I7",
        "I7",
        is_open=True,
        tables=(Cut("by_month"), Cut("by_module")),
        apart=dict.fromkeys(("I7.planned", "I7.cancelled"), Kind.EVENTS),
        measures=("I7.achieved", "I7.teams", "I7.before", "I7.hours"),
        structures=("I7.teams", "I7.before"),
        words=("I7.document",),
    ),
    PublicationPlan(
        "I8",
        "I8",
        tables=(
            *MONTHS,
            *cut("by_type", Level.PART, least=MANY),
            *cut("by_severity", least=FIVE),
            *cut("by_place", Level.PART, least=MANY),
            *cut("by_state", least=THREE),
        ),
        apart=dict.fromkeys(("I8.silent", "I8.suspended"), Kind.STATE),
        measures=("I8.declare", "I8.acknowledge", "I8.tell", "I8.in_time", "I8.analysed", "I8.signed"),
        structures=("I8.signed",),
        wholes={"I8.in_time": "by_severity", "I8.analysed": "by_state"},
        words=("I8.document",),
        ties=(),
    ),
)
OVERSEAS_REGIONS = ("01", "02", "03", "04", "06", "COM")
OVERSEAS = "outre-mer"
"""Régions overseas are one département each: structures and stays are told there together, never one by one."""
TOGETHER = {("I4", "by_region"), ("I3", "by_host_region")}
BOTH = "drom+com"
"""Class of what the finer cut tells together: it is the sum of these two of the coarser one."""
ZONE_OF = dict.fromkeys(OVERSEAS_REGIONS[:-1], "drom") | {"COM": "com", OVERSEAS: BOTH}
WIDE_OF = dict.fromkeys((*OVERSEAS_REGIONS, OVERSEAS), OVERSEAS)
WIDE_LABELS = {"metro": "Métropole", OVERSEAS: "Outre-mer, tous territoires"}
COARSER = (
    Coarser("by_zone", "by_region", ZONE_OF, "metro"),
    Coarser("by_host_zone", "by_host_region", ZONE_OF, "metro"),
    Coarser("by_region_wide", "by_region", WIDE_OF, "metro", "Par zone, métropole ou outre-mer", WIDE_LABELS),
    Coarser(
        "by_origin_zone",
        "by_origin_region",
        WIDE_OF,
        "metro",
        "Par zone d’origine, métropole ou outre-mer",
        WIDE_LABELS,
    ),
    Coarser(
        "by_age_wide",
        "by_age",
        {"tranche_age:T17": "last", "tranche_age:T15": "middle", "tranche_age:T16": "middle"},
        "first",
        "Par tranche d’âge, trois tranches",
        {"first": "moins de 15 ans", "middle": "15-16 ans", "last": "17 ans"},
    ),
    Coarser(
        "by_form_wide",
        "by_form",
        {"forme:SEX": "sex"},
        "other",
        "Par forme principale, deux classes",
        {"sex": "Exploitation sexuelle", "other": "Autres formes"},
    ),
    Coarser(
        "by_nationality_wide",
        "by_nationality",
        {"zone_nationalite:FR": "fr", "zone_nationalite:INCONNUE": "not"},
        "other",
        "Par nationalité, trois classes",
        {"fr": "France", "other": "Autre nationalité", "not": "Inconnue"},
    ),
    Coarser(
        "by_family_wide",
        "by_family",
        {"ASE": "protection", "PJJ": "protection", **dict.fromkeys(("POLICE", "GENDARMERIE", "JUSTICE"), "law")},
        "other",
        "Par famille de service demandeur, trois classes",
        {"protection": "Protection de l’enfance", "law": "Police, gendarmerie, justice", "other": "Autres services"},
    ),
    Coarser(
        "by_urgency_wide",
        "by_urgency",
        dict.fromkeys(("urgence:U0", "urgence:U1"), "now"),
        "later",
        "Par urgence de la demande, deux classes",
        {"now": "Danger immédiat, ou dans la nuit", "later": "Sous 48 heures ou plus"},
    ),
    Coarser("by_partner", "by_employer", detail="is_partner"),
)
"""Coarser cuts, and the finer ones that add up to them: whoever has both knows it, in one release or in several."""
LEAST_BASE = 10
"""A share or a delay is shown when it rests on at least so many rows; and no side of a share is from 1 to 4."""
LEAST_SLOWEST = 50
"""The delay that one row in ten exceeds is nearly that of the slowest one, of fewer rows."""
STEPS = {"hours": 0.5, "days": 1}
"""A delay told more closely would be that of one row."""


def plan_of(code: str) -> PublicationPlan:
    return next(plan for plan in PUBLISHED if plan.code == code)


def level_of(months: int) -> Level:
    """Return how much is told of a period of so many months."""
    return Level.QUARTER if months <= 3 else Level.PART if months < 12 else Level.YEAR
