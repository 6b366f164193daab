from enum import StrEnum


class To(StrEnum):
    """Who is told, worked out from the object by a function of the owner (`notice_recipients`)."""

    COORDINATION = "coordination"
    """Who follows the request, else the whole coordination."""
    ON_CALL = "on_call"
    """Who follows the request, else whoever takes calls: the coordination, and the direction of the network."""
    STRUCTURE = "structure"
    """Who answers for the structure: its direction, and the educators who hold its delegation."""
    DIRECTORS = "directors"
    """The direction of the structure alone, which agrees and signs: no delegation opens a linking."""
    SENDER = "sender"
    """Who sent the request, requester or transmitter, else the requesters of its service."""
    REQUESTER = "requester"
    """The same, requesters alone: who only transmitted reads the outcome, never the steps."""
    GUARDIAN = "guardian"
    """The service to which the minor is entrusted: its requesters, or who sent the request when it asked for it."""
    PAYER = "payer"
    """The services of the ASE authority that pays."""
    DECLARANT = "declarant"
    """Who declared the incident."""


class About(StrEnum):
    """Kinds of objects that pass from one state to another."""

    REQUEST = "sollicitation"
    PROPOSAL = "proposal"
    LINKING = "linking"
    STAY = "placement"
    INCIDENT = "incident"


class Pace(StrEnum):
    """How fast a mail leaves; the inbox shows it at once."""

    AT_ONCE = "at_once"
    """Day and night, whatever the person chose."""
    DAYTIME = "daytime"
    """At once, outside quiet hours."""
    MORNING = "morning"


class Ends(StrEnum):
    """What ends the line of the inbox."""

    READ = "read"
    ACT = "act"
    """A service, when what is awaited is done (`transition_done`)."""
