"""Who may open each address. The order of a list has no meaning; the first rule that fits a name decides.

Outside the portal, what is refused is a 404: that a row exists is already a fact about a child.
"""

import fnmatch
from dataclasses import dataclass, field

from tests.cast.people import PEOPLE
from tests.wall.routes import Route

ANONYMOUS = "anonymous"
CAST = [*PEOPLE, ANONYMOUS]
EVERYBODY = frozenset(CAST)
SIGNED_IN = EVERYBODY - {ANONYMOUS}
INSIDE = SIGNED_IN - {"former_member"}
"""Whoever has an account and did not leave: who left keeps one's account, receipts and attestations alone."""
NOBODY: frozenset[str] = frozenset()

MANAGERS = frozenset({"coordination", "direction"})
ADMINS = MANAGERS | {"editor", "trainer", "trainer_b", "dpo", "tech_admin"}
WRITERS = MANAGERS | {"editor"}
CONTROLS = frozenset({"direction", "dpo"})
TRAINERS = frozenset({"trainer", "trainer_b"})
A = frozenset({"director_a", "educator_a"})
B = frozenset({"director_b"})
SERVICES = frozenset({"gendarme", "ase"})

MARKERS = {
    # Identity of a minor: sealed, and shown under a reveal alone, which no call of the walk opens.
    "MARQUEUR-NOM-A": NOBODY,
    "MARQUEUR-NOM-B": NOBODY,
    "MARQUEUR-NOM-OPEN": NOBODY,
    "MARQUEUR-PRENOM": NOBODY,
    # What ProConnect said of somebody who asks for an account.
    "MARQUEUR-DEMANDE-PRENOM": MANAGERS,
    "MARQUEUR-DEMANDE-NOM": MANAGERS,
    "marqueur-demande@interieur.example": MANAGERS,
    # Real name and address of a structure.
    "MARQUEUR-NOM-REEL-A": MANAGERS | A,
    "MARQUEUR-NOM-REEL-B": MANAGERS | B,
    "MARQUEUR-ADRESSE-A": MANAGERS | A,
    "MARQUEUR-ADRESSE-B": MANAGERS | B,
    # What was written in words, for those who wrote it and the coordination.
    "MARQUEUR-RECIT-SOLLICITATION-A": MANAGERS | {"gendarme"},
    "MARQUEUR-RECIT-SOLLICITATION-B": MANAGERS | {"ase"},
    "MARQUEUR-CHAMP-A": MANAGERS | {"gendarme"},
    "MARQUEUR-CHAMP-B": MANAGERS | {"ase"},
    # An added field of a situation is read with its identity, under a reveal alone.
    "MARQUEUR-CHAMP-SITUATION": NOBODY,
    "MARQUEUR-RAPPEL-A": MANAGERS | {"gendarme"},
    "MARQUEUR-RAPPEL-B": MANAGERS | {"ase"},
    "MARQUEUR-UNITE": MANAGERS,
    "MARQUEUR-RAPPEL-SANS-COMPTE": MANAGERS,
    "MARQUEUR-RECIT-SANS-COMPTE": MANAGERS,
    # What a child said without an account, and what was answered.
    "MARQUEUR-PAROLE": MANAGERS,
    "MARQUEUR-REPONSE-ENFANT": MANAGERS,
    "MARQUEUR-FAITS-A-CONFIDENTIEL": MANAGERS | {"educator_a"},
    "MARQUEUR-FAITS-B": MANAGERS | B,
    "MARQUEUR-FAITS-SERVICE": MANAGERS | {"ase"},
    "MARQUEUR-GRAVITE-A-CONFIDENTIEL": MANAGERS | {"educator_a"},
    "MARQUEUR-FAITS-DEHORS": MANAGERS | {"transmitter"},
    "MARQUEUR-STRUCTURE-NOMMEE": MANAGERS | {"transmitter"},
    "MARQUEUR-APPEL-A": MANAGERS | A,
    "MARQUEUR-ACCUSE-A": MANAGERS | A,
    "MARQUEUR-SUIVI-LU-A": MANAGERS | A,
    "MARQUEUR-SUIVI-RESERVE-A": MANAGERS,
    "MARQUEUR-TACHE-A": MANAGERS | {"director_a"},
    "MARQUEUR-RETEX-A-CONFIDENTIEL": MANAGERS | {"educator_a"},
    # How a minor travels: the coordination, the direction of the structure, the service that asked.
    "MARQUEUR-RENDEZ-VOUS-A": MANAGERS | {"director_a", "gendarme"},
    "MARQUEUR-RENDEZ-VOUS-B": MANAGERS | {"director_b", "ase"},
    "MARQUEUR-RELAIS-A": MANAGERS | {"director_a", "gendarme"},
    "MARQUEUR-RELAIS-B": MANAGERS | {"director_b", "ase"},
    # Notes of a circuit, for whoever reads its step.
    "MARQUEUR-CONSIGNE-A": MANAGERS | {"director_a", "ase"},
    "MARQUEUR-CONSIGNE-B": MANAGERS | {"director_b", "ase"},
    "MARQUEUR-NOTE-A": MANAGERS | A | {"ase"},
    "MARQUEUR-NOTE-B": MANAGERS | B | {"ase"},
    # Who asks to read a file, for those who keep the register.
    "MARQUEUR-DEMANDEUR-A": MANAGERS | {"dpo"},
    "MARQUEUR-CONTACT-A": MANAGERS | {"dpo"},
    "MARQUEUR-DEMANDEUR-D": frozenset({"direction", "dpo"}),
    # What a visit says of a structure, for its team once it is sent; a derogation, once two have agreed.
    "MARQUEUR-CONSTAT-A": MANAGERS | A,
    "MARQUEUR-CONSTAT-B": MANAGERS | B,
    "MARQUEUR-OBS-A": MANAGERS | A,
    "MARQUEUR-CONCLUSION-A": MANAGERS | A,
    "MARQUEUR-DEROGATION-A": MANAGERS,
    # Titles of attachments.
    # Contact of a unit under the protocol: the unit and the coordination.
    "MARQUEUR-CONTACT-UNITE": MANAGERS | {"gendarme"},
    "MARQUEUR-piece_case_a": MANAGERS,
    # What the State and the coordination ask one another.
    "MARQUEUR-QUESTION-A": MANAGERS | {"state_reader"},
    "MARQUEUR-QUESTION-B": MANAGERS,
    # The register of an earlier year keeps an order number, never what was written of a minor.
    "MARQUEUR-MINEUR": NOBODY,
    "MARQUEUR-piece_sollicitation_a": MANAGERS | {"gendarme"},
    "MARQUEUR-piece_sollicitation_b": MANAGERS | {"ase"},
    "MARQUEUR-piece_incident_a_confidential": MANAGERS | {"educator_a"},
    "MARQUEUR-piece_incident_b": MANAGERS | B,
    "MARQUEUR-piece_convention_a": MANAGERS,
}
"""Text planted in the rows of the cast → who may ever read it."""


@dataclass(frozen=True)
class Door:
    """What is expected of one address.

    `rows`: name of a row → who may open the address about it. Without rows, `who` may open it as it is.
    """

    who: frozenset[str] = NOBODY
    rows: dict[str, frozenset[str]] = field(default_factory=dict)
    row: str = ""
    """Row with which an admin address is called, when it wants one."""
    parameter: str = "pk"
    parent: str = ""
    """Attribute of the row that gives the other parameter of an address with two, `parent_as`."""
    parent_as: str = "pk"
    fixed: dict[str, object] = field(default_factory=dict)
    query: str = ""
    is_post_only: bool = False
    is_api: bool = False
    is_public: bool = False
    """Read without account: what is not public is hidden from everybody alike."""
    is_admin: bool = False

    def rows_of(self, route: Route) -> dict[str, frozenset[str]]:
        return self.rows or {self.row: self.who}

    def values(self, route: Route, row) -> dict[str, object]:
        key = self.parameter if self.parameter in route.parameters else (route.parameters or [""])[0]
        parent = {self.parent_as: getattr(row, self.parent)} if row and self.parent else {}
        return {**self.fixed, **parent, **({key: row.pk} if row else {})}

    def opens(self, response) -> bool:
        # Wagtail's own screens answer 400 or 404 to a call without its parameters: only refusals are told apart there.
        return response.status_code < 400 or (self.is_admin and response.status_code in (400, 404, 405))

    def refuses(self, response, *, is_anonymous: bool) -> bool:
        if self.is_public:
            return response.status_code in (404, 405, 415)
        if self.is_api:
            return response.status_code in ((401, 403, 405) if is_anonymous else (403, 404, 405))
        if is_anonymous or self.is_admin:
            return response.status_code in (301, 302, 403, 404, 405)
        return response.status_code in (404, 405)


def page(who: frozenset[str], **options) -> Door:
    return Door(who=who, **options)


def public(who: frozenset[str], **options) -> Door:
    return Door(who=who, is_api=True, is_public=True, **options)


def rows(parameter: str = "pk", *, is_post_only: bool = False, is_api: bool = False, **held: frozenset[str]) -> Door:
    return Door(rows=held, parameter=parameter, is_post_only=is_post_only, is_api=is_api)


def admin(who: frozenset[str], row: str = "") -> Door:
    return Door(who=who, is_admin=True, row=row)


READERS = MANAGERS | {"state_reader"}
STATE = frozenset({"state_reader"})

PORTAL: dict[str, Door] = {
    "dashboards:state": page(READERS),
    "dashboards:release": rows(release=READERS),
    "dashboards:paper": Door(rows={"release": READERS}, fixed={"kind": "csv"}),
    "dashboards:exchanges": page(STATE),
    "dashboards:ask": page(STATE),
    "dashboards:question": rows(question_a=STATE, question_b=NOBODY),
    "dashboards:question_piece_add": rows(question_a=READERS, question_b=MANAGERS),
    "dashboards:committee_piece_add": rows(committee=READERS),
    # Removing is the author's; whoever reads the document is led back to its page.
    **{
        f"dashboards:{kind}_piece{verb}": Door(rows={piece: READERS}, parameter="piece_pk", parent="object_id")
        for kind, piece in (("question", "piece_question_a"), ("committee", "piece_committee"))
        for verb in ("", "_remove")
    },
    "portal:home": page(EVERYBODY),
    "portal:search": page(INSIDE),
    "portal:account": page(SIGNED_IN),
    "portal:tokens": page(SIGNED_IN),
    "portal:token_new": page(INSIDE - {"trainee"}),
    "portal:token_end": page(NOBODY),
    "portal:software_new": page(INSIDE - {"trainee"}),
    "portal:software_key": page(NOBODY),  # one's own: tests/events/test_software.py
    "portal:software_end": page(NOBODY),
    "portal:token_less": page(NOBODY),  # one's own: tests/sessions/test_scopes.py
    "portal:sessions": page(SIGNED_IN),
    "portal:session": page(SIGNED_IN),
    "portal:session_stay": page(SIGNED_IN, is_post_only=True),
    "portal:sessions_close": page(SIGNED_IN, is_post_only=True),
    "portal:session_close": page(NOBODY, is_post_only=True),  # one's own alone
    "portal:draft_save": page(NOBODY, is_post_only=True),  # without the address of a form that is kept, it is none
    "portal:draft_drop": page(NOBODY, is_post_only=True),
    "portal:displays": page(INSIDE),
    "portal:display_open": page(MANAGERS, fixed={"kind": "on_call"}),
    "portal:display_about": Door(
        rows={"session": MANAGERS | {"trainer"}, "session_b": MANAGERS | {"trainer_b"}},
        parameter="object_id",
        fixed={"kind": "attendance"},
    ),
    "portal:display_close": page(NOBODY, is_post_only=True),  # one's own alone
    "portal:display_code": page(EVERYBODY),
    "portal:display": page(NOBODY),  # with an address drawn at random only: tests/sessions/test_displays.py
    "notify:ring": rows(ring=MANAGERS),
    "inbox:list": page(SIGNED_IN),
    "inbox:choices": page(SIGNED_IN),
    "inbox:read_all": page(SIGNED_IN, is_post_only=True),
    "inbox:open": rows(obligation_a=frozenset({"director_a"}), obligation_b=frozenset({"director_b"})),
    "inbox:read": rows(
        obligation_a=frozenset({"director_a"}), obligation_b=frozenset({"director_b"}), is_post_only=True
    ),
    "notify:gateway": page(NOBODY, is_post_only=True),  # signed by the gateway alone: tests/notify/test_pages.py
    "portal:neutral": page(EVERYBODY),
    "portal:mask": page(SIGNED_IN, is_post_only=True),
    "portal:robots": page(EVERYBODY),
    "policy_report": page(EVERYBODY, is_post_only=True),  # sent by browsers: tests/attack/test_policy_reports.py
    "portal:alive": page(EVERYBODY),
    "portal:ready": page(EVERYBODY),
    **{f"proconnect:{name}": admin(NOBODY) for name in ("login", "callback", "waiting", "link", "left")},
    "accessibility": page(EVERYBODY),
    "privacy": page(EVERYBODY),
    "legal": page(EVERYBODY),
    "portal:help": page(EVERYBODY),
    "portal:guide": page(EVERYBODY, fixed={"name": "declarer"}),
    "notice_minors": page(EVERYBODY),
    "notice_families": page(EVERYBODY),
    "notice_professionals": page(EVERYBODY),
    # A page that was translated, and one by one: tests/documents/test_languages.py.
    "translated_page": Door(who=NOBODY, is_public=True, fixed={"code": "ar", "path": "rien/"}),
    "sitemap": page(EVERYBODY),
    "publications": page(EVERYBODY),
    "wagtail_serve": page(EVERYBODY, fixed={}),
    "reperage:grid": page(EVERYBODY),
    "documents:index": page(INSIDE),
    **{f"documents:{name}": page(INSIDE, fixed={"kind": "fsi-protocol"}) for name in ("read", "pdf", "changes")},
    "documents:sign": page(NOBODY, fixed={"kind": "fsi-protocol"}),  # nobody of the cast signs for a unit
    "referentiel:read": page(INSIDE),
    "referentiel:pdf": page(INSIDE),
    "referentiel:search": page(INSIDE),
    "referentiel:changes": page(INSIDE),
    "referentiel:exigence": page(INSIDE, fixed={"code": "E1.3"}),
    "referentiel:chapter_read": page(A | B, fixed={"code": "E"}, is_post_only=True),
    "referentiel:readings": page(frozenset({"director_a", "director_b"})),
    "referentiel:receipt_pdf": page(NOBODY),
    "referentiel:receipt_piece": page(NOBODY),
    "referentiel:assessments": page(A | B),
    **{
        f"referentiel:assessment{name}": page(NOBODY, fixed={"code": "E"} if code else {}, is_post_only=is_post)
        for name, code, is_post in (
            ("", False, False),
            ("_chapter", True, False),
            ("_step", True, False),
            ("_done", True, False),
            ("_evidence", True, False),
            ("_piece", False, False),
            ("_send", False, True),
            ("_carry", False, True),
            ("_renew", False, False),
        )
    },  # their own tests: tests/referentiel/assessments/test_assessments.py
    "referentiel:visit": rows(visit_a=MANAGERS | A, visit_b=MANAGERS | B),
    "referentiel:visit_chapter": Door(rows={"visit_a": A, "visit_b": B}, fixed={"code": "E"}),
    "referentiel:visit_send": rows(visit_a=A, visit_b=B, is_post_only=True),
    "referentiel:visit_letter": rows(visit_a=MANAGERS | A, visit_b=NOBODY),
    "referentiel:sign": page(frozenset({"director_a", "director_b"})),
    "referentiel:receipt": page(NOBODY),
    "portal:own_data": page(SIGNED_IN),
    "formation:catalogue": page(INSIDE),
    "formation:module": page(INSIDE, fixed={"code": "M1"}),
    "formation:own": page(SIGNED_IN),
    "formation:sessions": page(TRAINERS | MANAGERS),
    "formation:plan": page(TRAINERS | MANAGERS),
    "formation:team": page(frozenset({"director_a", "director_b"})),
    "formation:team-add": page(frozenset({"director_a", "director_b"})),
    "formation:session": rows("session_id", session=INSIDE, session_b=INSIDE),
    "formation:invite": rows("session_id", session=MANAGERS, session_b=MANAGERS),
    "formation:invitation-decline": rows(
        "invitation_id",
        session_invitation_a=frozenset({"director_a"}),
        session_invitation_b=frozenset({"director_b"}),
    ),
    "formation:team-enrol": rows("session_id", session=frozenset({"director_a", "director_b"})),
    "formation:enrolment-cancel": rows("enrolment_id", enrolment=MANAGERS | {"trainer", "director_a"}),
    "formation:excuse": rows("enrolment_id", enrolment=MANAGERS | {"trainer", "director_a"}),
    "formation:calendar": rows("session_id", session=INSIDE, session_b=INSIDE),
    "formation:signing-code": page(EVERYBODY),
    "signing_short": page(EVERYBODY),
    "formation:team-skills": page(frozenset({"director_a", "director_b"})),
    "formation:skills": page(MANAGERS),
    "formation:support": page(TRAINERS | MANAGERS),
    "formation:support-add": page(TRAINERS | MANAGERS),
    "formation:doubles": page(MANAGERS),
    "formation:pair": page(NOBODY),
    "formation:attestation-verify": page(EVERYBODY),
    "cases:request_new": page(frozenset({"gendarme", "ase", "transmitter"})),
    "cases:request_paper": page(MANAGERS | {"gendarme", "ase", "transmitter"}),
    "cases:unverified_new": page(EVERYBODY),
    "cases:unverified_follow": page(EVERYBODY),
    "voice:say": page(EVERYBODY),
    "voice:follow": page(EVERYBODY),
    "cases:voice_poster": page(MANAGERS | A | B),
    "cases:requests": page(frozenset({"gendarme", "ase", "transmitter"})),
    "cases:proposals": page(frozenset({"director_a", "director_b"})),
    "cases:proposal_ask": rows(proposal_a=frozenset({"director_a"}), proposal_b=frozenset({"director_b"})),
    "cases:proposal": rows(proposal_a=frozenset({"director_a"}), proposal_b=frozenset({"director_b"})),
    "cases:places": page(frozenset({"director_a", "director_b"})),
    "cases:places_of": rows(partner_a=frozenset({"director_a"}), partner_b=frozenset({"director_b"})),
    "cases:stays": page(A | B),
    "cases:incidents": page(A | B | SERVICES),
    "cases:incident_new": page(A | B | SERVICES),
    "cases:incident_outside": page(SIGNED_IN),
}
DIRECTORS = frozenset({"director_a", "director_b"})
for name in ("team", "invite", "review"):
    PORTAL[f"accounts:{name}"] = page(DIRECTORS)
for name in ("member", "member_renew", "member_end", "member_factor", "member_reopen"):
    PORTAL[f"accounts:{name}"] = rows(member_a=frozenset({"director_a"}), member_director_b=NOBODY)
PORTAL["oncall:line"] = page(DIRECTORS)
PORTAL["oncall:line_of"] = rows(partner_a=frozenset({"director_a"}), partner_b=frozenset({"director_b"}))
# Without its signature, which no call of the walk holds, the link of a message is for nobody.
PORTAL["cases:proposal_link"] = page(NOBODY)
PORTAL["accounts:invitation"] = rows(invitation_a=frozenset({"director_a"}))
# Without its link, which no call of the walk holds, an invitation is for nobody.
PORTAL |= {"accounts:welcome": page(NOBODY), "accounts:link": page(NOBODY)}
# Without the code that the room shows, or the number and the code of a paper, these are for nobody.
for name in ("sign", "walk-in", "done", "scan", "drawing"):
    PORTAL[f"formation:signing-{name}"] = page(NOBODY)
# Without the number and the code of a paper, or the signed link of a questionnaire, these are for nobody.
PORTAL |= {"formation:attestation-check": page(NOBODY), "formation:answer": page(NOBODY)}
# Rows of tests/cast/proofs.py.
PORTAL |= {
    "formation:walk-in": rows("walk_in_id", walk_in=MANAGERS | {"trainer"}),
    "formation:waiting-leave": rows("entry_id", waiting_b=MANAGERS | {"trainer", "director_b"}),
    "formation:separate": rows("merge_id", merge=MANAGERS),
    "formation:attestation": rows(
        "attestation_id",
        attestation_a=MANAGERS | {"trainer_b", "director_a"},
        attestation_trainee=MANAGERS | {"trainer_b", "trainee"},
    ),
    "formation:attestations-pdf": rows("session_id", session_held=MANAGERS | {"trainer_b"}),
    "formation:questionnaire-own": rows("enrolment_id", enrolment=NOBODY, enrolment_trainee=frozenset({"trainee"})),
    "formation:evaluation": page(TRAINERS | MANAGERS),
    "formation:enrol-own": rows("session_id", session=INSIDE, session_b=INSIDE),
    "formation:leave-own": rows("enrolment_id", enrolment=NOBODY, enrolment_trainee=frozenset({"trainee"})),
    "formation:year-plans": page(INSIDE),
    "formation:year-plan": Door(who=INSIDE, fixed={"year": 2025}),
    "formation:year-plan-new": page(MANAGERS),
    **{
        f"formation:year-plan-{name}": Door(who=MANAGERS, fixed={"year": 2025})
        for name in ("write", "line", "publish")
    },
    **{
        f"formation:{name}": Door(
            rows={"piece_session": MANAGERS | {"trainer"}},
            parameter="piece_pk",
            parent="object_id",
            parent_as="session_id",
        )
        for name in ("session_piece", "session_piece_remove")
    },
}
for name in ("attestation-replace", "attestation-withdraw"):
    PORTAL[f"formation:{name}"] = rows(
        "attestation_id", attestation_a=MANAGERS | {"trainer_b"}, attestation_trainee=MANAGERS | {"trainer_b"}
    )
for name in ("board", "countersign", "device"):
    PORTAL[f"formation:{name}"] = rows(
        "half_day_id", half_day=MANAGERS | {"trainer"}, half_day_b=MANAGERS | {"trainer_b"}
    )
RUN = "trainee-add attendance paper-sheet close cancel postpone results attestations workbook workbook-template "
RUN += "questionnaires questionnaires-export questionnaire-device sheet-pdf session_piece_add"
for name in RUN.split():
    PORTAL[f"formation:{name}"] = rows(
        "session_id", session=MANAGERS | {"trainer"}, session_b=MANAGERS | {"trainer_b"}
    )
for name in ("request", "request_receipt"):
    PORTAL[f"cases:{name}"] = rows(
        sollicitation_a=frozenset({"gendarme"}),
        sollicitation_b=frozenset({"ase"}),
        sollicitation_transmitted=frozenset({"transmitter"}),
    )
for name in ("stay", "stay_arrival", "stay_absence", "stay_return", "stay_runaway_return"):
    PORTAL[f"cases:{name}"] = rows(placement_a=A, placement_b=B, is_post_only=name != "stay")
PORTAL["cases:stay_identity"] = rows(placement_a=A, placement_b=B)
PORTAL["cases:stay_identity_give"] = rows(placement_a=A, placement_b=B)
PORTAL["cases:stay_portrait"] = rows(placement_a=A, placement_b=B)  # led to the reason first
PORTAL["cases:stay_address"] = rows(placement_a=A | {"ase"}, placement_b=B | {"ase"})
PORTAL["cases:request_circuit"] = rows(
    sollicitation_a=frozenset({"gendarme"}), sollicitation_b=frozenset({"ase"}), sollicitation_transmitted=NOBODY
)
PORTAL["cases:stay_review"] = Door(rows={"placement_a": A, "placement_b": B}, fixed={"milestone": 7})
PORTAL["cases:step"] = rows(step_a=MANAGERS | A | {"ase"}, step_b=MANAGERS | B | {"ase"})
PORTAL["cases:linking"] = rows(
    linking_a=frozenset({"director_a", "gendarme", "ase"}), linking_b=frozenset({"director_b", "ase"})
)
# What the three parties sign: neither the service that only asked nor the authority that only pays.
PORTAL["cases:linking_paper"] = Door(
    rows={"linking_a": frozenset({"director_a", "ase"}), "linking_b": frozenset({"director_b", "ase"})},
    fixed={"number": 1, "paper": "convention-tripartite"},
)
PORTAL["cases:linking_identity"] = rows(linking_a=frozenset({"gendarme", "ase"}), linking_b=frozenset({"ase"}))
PORTAL["cases:payer"] = rows(linking_a=frozenset({"ase"}), linking_b=frozenset({"ase"}))
PORTAL["cases:authority"] = page(frozenset({"ase"}))
PORTAL["cases:handover"] = rows(
    linking_a=MANAGERS | {"director_a", "gendarme"}, linking_b=MANAGERS | {"director_b", "ase"}
)
for name in ("request_piece", "request_piece_remove"):
    PORTAL[f"cases:{name}"] = Door(
        rows={
            "piece_sollicitation_a": frozenset({"gendarme"}),
            "piece_sollicitation_b": frozenset({"ase"}),
            "piece_incident_a": NOBODY,
        },
        parameter="piece_pk",
        parent="object_id",
    )
for name in ("incident_piece", "incident_piece_remove"):
    # Removing is the author's; whoever reads the declaration is led back to it.
    PORTAL[f"cases:{name}"] = Door(
        rows={
            "piece_incident_a": A,
            "piece_incident_a_confidential": frozenset({"educator_a"}),
            "piece_incident_b": B,
            "piece_sollicitation_a": NOBODY,
        },
        parameter="piece_pk",
        parent="object_id",
    )
PORTAL["cases:request_grid_new"] = rows(
    sollicitation_a=frozenset({"gendarme"}), sollicitation_b=frozenset({"ase"}), sollicitation_transmitted=NOBODY
)
PORTAL["cases:request_grid"] = Door(
    rows={"grid_a": frozenset({"gendarme"}), "grid_b": frozenset({"ase"})},
    parameter="grid_pk",
    parent="sollicitation_id",
)
PORTAL["cases:request_piece_add"] = rows(
    sollicitation_a=frozenset({"gendarme"}), sollicitation_b=frozenset({"ase"}), sollicitation_transmitted=NOBODY
)
PORTAL["cases:incident_piece_add"] = rows(
    incident_a=A,
    incident_a_confidential=frozenset({"educator_a"}),
    incident_b=B,
    incident_outside=frozenset({"transmitter"}),
)
PORTAL["cases:incident_proof"] = Door(rows={"notice_a": A}, parameter="notice_pk", parent="incident_id")
# The service in charge of a child concerned: never of a confidential declaration, its own included.
PORTAL["cases:incident_charge"] = rows(
    incident_a=frozenset({"ase"}),
    incident_b=frozenset({"ase"}),
    incident_a_confidential=NOBODY,
    incident_b_service=NOBODY,
    incident_outside=NOBODY,
)
for name in ("incident_authorities", "incident_report"):
    PORTAL[f"cases:{name}"] = rows(incident_a=A, incident_a_confidential=frozenset({"educator_a"}), incident_b=B)
for name in ("incident", "incident_receipt", "incident_note"):
    PORTAL[f"cases:{name}"] = rows(
        incident_a=A,
        incident_a_confidential=frozenset({"educator_a"}),
        incident_b=B,
        incident_b_service=frozenset({"ase"}),
        incident_outside=frozenset({"transmitter"}),
    )
PORTAL["cases:incident_task"] = Door(
    rows={"task_a": frozenset({"director_a"})}, parameter="task_pk", parent="incident_id", is_post_only=True
)
PORTAL["cases:incident_notice"] = rows(incident_a=A, incident_b=NOBODY)

RESOURCES = (
    "request", "case", "orientation", "proposal", "stay", "absence", "review", "incident", "formation-professional",
    "formation-enrolment", "formation-attestation", "value",
)  # fmt: skip
"""Lists of the API that everybody inside opens, and where each finds the rows that are theirs."""

API: dict[str, Door] = {
    "schema": page(INSIDE, is_api=True),
    "api-docs": page(INSIDE),
    "api-missing": public(NOBODY),
    **{f"{name}-list": page(INSIDE, is_api=True) for name in RESOURCES},
    "request-detail": rows(is_api=True, sollicitation_a=MANAGERS | {"gendarme"}, sollicitation_b=MANAGERS | {"ase"}),
    "case-detail": rows(is_api=True, case_a=MANAGERS | A, case_b=MANAGERS | B),
    "orientation-detail": rows(is_api=True, orientation_open=MANAGERS),
    "proposal-detail": rows(is_api=True, proposal_a=MANAGERS | {"director_a"}),
    "stay-detail": rows(is_api=True, placement_a=MANAGERS | A | SERVICES, placement_b=MANAGERS | B | {"ase"}),
    "absence-detail": page(NOBODY, is_api=True),  # the cast has none
    "review-detail": page(NOBODY, is_api=True),
    "incident-detail": rows(
        is_api=True,
        incident_a=MANAGERS | A | {"ase"},
        incident_b=MANAGERS | B | {"ase"},
        incident_a_confidential=NOBODY,
    ),
    "formation-professional-detail": page(NOBODY, is_api=True),
    "formation-import-list": page(MANAGERS | TRAINERS, is_api=True, is_post_only=True),
    "vacancy-list": page(INSIDE, is_api=True),
    "vacancy-detail": rows(is_api=True, partner_a=MANAGERS | {"director_a"}),
    "vacancy-confirmations": rows(is_api=True, is_post_only=True, partner_a=MANAGERS | {"director_a"}),
    "formation-enrolment-detail": rows(is_api=True, enrolment=MANAGERS | {"director_a", "trainer"}),
    "formation-attestation-detail": page(NOBODY, is_api=True),
    "value-detail": rows(is_api=True, value=INSIDE),
    "table-list": page(MANAGERS, is_api=True),
    "table-detail": page(NOBODY, is_api=True),  # one's own: tests/dashboards/tables/test_tables.py
    "referentiel-version-list": page(INSIDE, is_api=True),
    "referentiel-version-detail": rows(version=INSIDE, is_api=True),
    "referentiel-version-difference": page(NOBODY, is_api=True),  # the first version has nothing before it
    "referentiel-acknowledgement-list": page(INSIDE, is_api=True),
    "referentiel-acknowledgement-detail": page(NOBODY, is_api=True),
    "referentiel-assessment-list": page(INSIDE, is_api=True),
    "referentiel-assessment-detail": page(NOBODY, is_api=True),  # one's own: tests/referentiel/test_api.py
    "referentiel-standing-list": page(INSIDE, is_api=True),
    "events": page(INSIDE, is_api=True),
    "document-version-list": page(INSIDE, is_api=True),
    "document-version-detail": rows(protocol=INSIDE, is_api=True),
    "document-version-difference": page(NOBODY, is_api=True),  # the first version has nothing before it
    "formation-session-list": page(INSIDE, is_api=True),
    "formation-session-detail": rows(session=INSIDE, is_api=True),
    "formation-attendance-list": page(INSIDE, is_api=True),
    "formation-attendance-detail": page(NOBODY, is_api=True),
    "partner-list": page(INSIDE, is_api=True),
    "partner-detail": rows(is_api=True, partner_a=MANAGERS | A),
    "place-list": page(INSIDE, is_api=True),
    "place-detail": page(NOBODY, is_api=True),  # one's own: tests/partners/test_api.py
    "convention-list": page(INSIDE, is_api=True),
    "convention-detail": rows(is_api=True, convention_a=MANAGERS | A),
    "definition-list": page(READERS, is_api=True),
    "release-list": page(READERS, is_api=True),
    "release-detail": rows(is_api=True, release=READERS),
    "release-period": page(READERS, is_api=True, query="?du=2024-01-01&au=2024-03-31"),
    "release-trace": page(NOBODY, is_api=True, query="?code=0000-0000-0000-0000"),
    "indicator-list": page(MANAGERS, is_api=True, query="?du=2026-01-01&au=2026-06-30"),
    "indicator-detail": page(MANAGERS, is_api=True, fixed={"pk": "I1"}, query="?du=2026-01-01&au=2026-06-30"),
    # What is public is read without account; the cast has opened no document: tests/documents/test_content.py.
    # A draft asks for a link: tests/documents/test_preview.py.
    "content:preview": public(NOBODY),
    "content:pages:listing": public(EVERYBODY),
    "content:pages:detail": public(EVERYBODY, row="home"),
    "content:pages:find": Door(who=EVERYBODY, is_api=True, is_admin=True),
    **{f"content:{name}": public(EVERYBODY) for name in ("documents", "images", "files")},
    "content:search": public(EVERYBODY, query="?q=droits"),
    **{
        f"content:{name}": public(NOBODY, fixed={"kind": "fsi-protocol", "number": "1.0", "code": "1"})
        for name in ("document", "versions", "version", "difference", "by_hash", "clause")
    },
    **{f"content:{name}": public(NOBODY) for name in ("image", "rendition", "file")},
}

ACCOUNTS = "account_*"
CLOSED_ACCOUNT_PAGES = {"account_email", "account_confirm_email", "account_email_verification_sent"}

PIECES = {
    "cases_case": "piece_case_a",
    "cases_sollicitation": "piece_sollicitation_a",
    "cases_incident": "piece_incident_a",
    "partners_convention": "piece_convention_a",
}
ADMIN: list[tuple[str, Door]] = [
    *(
        (f"{space}:{page}", Door(who=MANAGERS, is_admin=True, row=row, parameter="piece_pk", parent="object_id"))
        for space, row in PIECES.items()
        for page in ("piece", "piece_remove", "piece_restore")
    ),
    (
        "cases_sollicitation:grid_read",
        Door(who=MANAGERS, is_admin=True, row="grid_a", parameter="grid_pk", parent="sollicitation_id"),
    ),
    # Business data: the coordination alone, by model right and by row.
    ("cases_case:*", admin(MANAGERS, "case_a")),
    ("cases_sollicitation:*", admin(MANAGERS, "sollicitation_b")),
    ("cases_unverified:*", admin(MANAGERS, "unverified")),
    ("cases_voice:*", admin(MANAGERS, "voice")),
    ("cases_orientation:*", admin(MANAGERS, "orientation_open")),
    ("cases_proposal:*", admin(MANAGERS, "proposal_a")),
    ("cases_linking:*", admin(MANAGERS, "linking_a")),
    ("cases_circuit:*", admin(MANAGERS, "circuit_a")),
    ("cases_circuittemplate:*", admin(MANAGERS)),
    ("cases_unmetneed:*", admin(MANAGERS)),
    ("cases_placement:*", admin(MANAGERS, "placement_a")),
    (
        "cases_incident:task_done",
        Door(who=MANAGERS, is_admin=True, row="task_a", parameter="task_pk", parent="incident_id"),
    ),
    (
        "cases_incident:proof",
        Door(who=MANAGERS, is_admin=True, row="notice_a", parameter="notice_pk", parent="incident_id"),
    ),
    (
        "cases_incident:pair",
        Door(who=MANAGERS, is_admin=True, row="incident_a", parameter="other_pk", parent="pk"),
    ),
    ("cases_incident:*", admin(MANAGERS, "incident_a_confidential")),
    ("partners_partner:*", admin(MANAGERS, "partner_a")),
    ("partners_convention:*", admin(MANAGERS, "convention_a")),
    ("proconnect_request:*", admin(MANAGERS, "account_request")),
    ("formation_session:*", admin(MANAGERS, "session")),
    ("values_value:*", admin(MANAGERS, "value")),
    ("havre_settings:*", admin(MANAGERS)),
    ("havre_authorities:edit", Door(who=MANAGERS, is_admin=True, fixed={"code": "59"})),
    ("havre_authorities:*", admin(MANAGERS)),
    ("havre_config:index", admin(MANAGERS)),
    ("havre_config:export", admin(MANAGERS)),
    ("havre_config:versions", Door(who=MANAGERS, is_admin=True, fixed={"code": "settings"})),
    (
        "havre_config:restore",
        Door(
            who=MANAGERS,
            is_admin=True,
            fixed={"code": "settings"},
            query="?objet=cases.answer_hours&version=origine",
        ),
    ),
    ("havre_extra:edit", admin(MANAGERS, "extra_field")),
    ("havre_extra:retire", admin(MANAGERS, "extra_field")),
    ("havre_extra:return", admin(MANAGERS, "extra_field")),
    ("havre_extra:unseal", admin(MANAGERS, "extra_field")),
    ("havre_extra:agree", admin(MANAGERS, "extra_field")),
    ("havre_extra:seal", admin(MANAGERS, "extra_field")),
    ("havre_extra:require", admin(MANAGERS, "extra_field")),
    ("havre_extra:lift", admin(MANAGERS, "extra_field")),
    # About a decision that the cast has not: tests/cases/extra/test_requirements.py.
    ("havre_extra:requirement", admin(MANAGERS)),
    ("havre_extra:*", admin(MANAGERS)),
    ("havre_runaways:edit", Door(who=MANAGERS, is_admin=True, fixed={"code": "59"})),
    ("havre_runaways:*", admin(MANAGERS)),
    ("havre_inbox:*", admin(ADMINS)),
    ("havre_texts:edit", Door(who=MANAGERS, is_admin=True, fixed={"kind": "digest"})),
    ("havre_texts:*", admin(MANAGERS)),
    ("havre_matching_rules", admin(MANAGERS)),
    ("havre_severity_targets", admin(MANAGERS)),
    ("havre_grid_version", Door(who=MANAGERS, is_admin=True, fixed={"number": 1})),
    ("havre_grid*", admin(MANAGERS)),
    ("havre_pipeline", admin(MANAGERS)),
    ("havre_partners_*", admin(MANAGERS)),
    ("havre_around", admin(MANAGERS)),
    ("havre_board", admin(MANAGERS)),
    ("havre_search", admin(ADMINS)),
    ("havre_counts", admin(MANAGERS)),
    ("havre_month", admin(MANAGERS)),
    ("havre_queue", admin(MANAGERS)),
    ("havre_night_answers", admin(MANAGERS, "sollicitation_a")),
    ("havre_ring_strip", admin(MANAGERS)),
    ("havre_week", admin(MANAGERS)),
    ("havre_call", admin(MANAGERS)),
    ("havre_settling", admin(MANAGERS)),
    ("havre_paper", admin(MANAGERS)),
    ("havre_incident_*", admin(MANAGERS)),
    ("havre_rota:swap_*", admin(MANAGERS, "swap")),
    ("havre_rota:*", admin(MANAGERS, "duty")),
    ("havre_accounts:invite", admin(MANAGERS, "partner_a")),
    ("havre_accounts:renew", admin(MANAGERS, "member_a")),
    ("havre_accounts:leave", admin(MANAGERS, "member_a")),
    ("havre_accounts:resend", admin(MANAGERS, "invitation_a")),
    ("havre_accounts:cancel", admin(MANAGERS, "invitation_a")),
    ("havre_accounts:*", admin(MANAGERS, "account")),
    ("havre_decisions:factor*", admin(MANAGERS | {"dpo"}, "factor_loss")),
    ("havre_decisions:*", admin(MANAGERS | {"dpo"}, "rights_change")),
    ("havre_file:index", admin(MANAGERS | {"dpo"})),
    ("havre_file:page", admin(MANAGERS | {"dpo"}, "case_a")),
    ("havre_file:break_glass", admin(frozenset({"dpo"}), "case_a")),
    ("havre_journal:*", admin(CONTROLS)),
    ("havre_state:*", admin(MANAGERS | {"tech_admin"})),
    ("havre_rights:index", admin(MANAGERS | {"dpo"})),
    ("havre_rights:add", admin(MANAGERS | {"dpo"})),
    ("havre_rights:entrust", admin(CONTROLS, "request_dpo")),
    ("havre_rights:extend", admin(CONTROLS, "request_dpo")),
    ("havre_rights:close", admin(CONTROLS, "request_dpo")),
    ("havre_rights:copy_agree", admin(CONTROLS, "request_a")),
    ("havre_rights:copy*", admin(MANAGERS, "request_a")),
    ("havre_rights:names", admin(MANAGERS, "request_a")),
    ("havre_rights:*", admin(MANAGERS | {"dpo"}, "request_a")),
    ("havre_names:*", admin(MANAGERS)),
    ("havre_guard:*", admin(CONTROLS)),
    ("havre_readings:index", admin(CONTROLS)),
    # About a row that the cast has not: tests/attack/test_takers.py.
    ("havre_readings:lift", admin(frozenset())),
    ("havre_readings:day", Door(who=CONTROLS, is_admin=True, fixed={"year": 2026, "month": 1, "day": 1})),
    ("havre_review:index", admin(CONTROLS)),
    ("havre_review:month", Door(who=CONTROLS, is_admin=True, fixed={"year": 2026, "month": 1})),
    ("havre_review:sign", Door(who=frozenset({"dpo"}), is_admin=True, fixed={"year": 2026, "month": 1})),
    ("havre_retention:index", admin(MANAGERS | {"dpo"})),
    ("havre_retention:due", admin(MANAGERS | {"dpo"})),
    ("havre_retention:rule", Door(who=CONTROLS, is_admin=True, fixed={"kind": "incident"})),
    ("havre_retention:*", admin(CONTROLS)),
    ("dashboards_table", admin(frozenset({"coordination"}), "saved_table")),
    ("dashboards_table_new", admin(MANAGERS)),
    ("dashboards_table_*", admin(frozenset({"coordination"}), "saved_table")),
    ("dashboards_place", Door(who=MANAGERS, is_admin=True, fixed={"code": "59"})),
    ("dashboards_rows*", Door(who=MANAGERS, is_admin=True, fixed={"code": "I1"})),
    ("dashboards*", admin(MANAGERS)),
    ("documents_units", admin(MANAGERS)),
    ("documents_unit*", admin(MANAGERS, "brigade")),
    ("documents_proposal", admin(WRITERS)),  # about a row that the cast has not: tests/documents/test_proposals.py
    # About a decision that the cast has not: tests/documents/test_visibility.py.
    ("documents_visibility_decide", admin(WRITERS)),
    ("documents_visibility_page", admin(WRITERS, "home")),
    ("documents_kind_decision", admin(MANAGERS)),  # about a row that the cast has not: tests/documents/test_kinds.py
    ("documents_kind_signatures", Door(who=MANAGERS, is_admin=True, fixed={"kind": "fsi-protocol"})),
    ("documents_kind*", Door(who=MANAGERS, is_admin=True, fixed={"kind": "charter"})),
    ("documents_*", Door(who=WRITERS, is_admin=True, fixed={"kind": "fsi-protocol"})),
    ("home_translations", admin(WRITERS)),
    ("home_media", admin(NOBODY)),  # about files that the cast has not: tests/documents/test_media.py
    ("events_subscriptions", admin(MANAGERS | {"tech_admin"})),
    ("events_software_list", admin(MANAGERS | {"tech_admin"})),
    ("events_subscription_ask", admin(MANAGERS | {"tech_admin"})),
    # About rows that the cast has not: tests/events/test_webhook_pages.py.
    ("events_*", admin(NOBODY)),
    ("havre_views:new", Door(who=MANAGERS, is_admin=True, fixed={"list_code": "cases_case"})),
    ("havre_views:first", Door(who=MANAGERS, is_admin=True, fixed={"list_code": "cases_case"})),
    ("havre_views:*", admin(frozenset({"coordination"}), "saved_view")),
    ("havre_exports:index", admin(ADMINS)),
    ("havre_exports:ask", Door(who=MANAGERS, is_admin=True, query="?source=list:cases_case")),
    ("havre_exports:*", admin(frozenset({"coordination"}), "export")),
    ("havre_periods:targets", Door(who=MANAGERS, is_admin=True, fixed={"year": 1})),
    ("havre_periods:revise", Door(who=MANAGERS, is_admin=True, row="closed", fixed={"code": "I1"})),
    ("havre_periods:release_ask", admin(MANAGERS, "closed")),
    ("havre_periods:release*", admin(MANAGERS, "release")),
    ("havre_periods:history", admin(MANAGERS)),
    ("havre_periods:history_ask", admin(MANAGERS)),
    ("havre_periods:history*", admin(MANAGERS, "history_import")),
    ("havre_periods:question_ask", admin(MANAGERS)),
    ("havre_periods:question*", admin(MANAGERS, "question_a")),
    ("havre_periods:committee_add", admin(MANAGERS)),
    ("havre_periods:committee_change", admin(MANAGERS, "committee")),
    ("havre_periods:committee", admin(MANAGERS, "committee")),
    *((f"havre_periods:{name}", admin(MANAGERS)) for name in ("index", "ask", "state")),
    ("havre_periods:*", admin(MANAGERS, "closed")),
    ("referentiel_adherence", admin(MANAGERS)),
    ("referentiel_steering", admin(MANAGERS)),
    ("referentiel_campaign*", admin(MANAGERS)),
    ("referentiel_paper", admin(MANAGERS, "partner_a")),
    ("referentiel_derogation_ask", admin(MANAGERS, "partner_a")),
    ("referentiel_derogation*", admin(MANAGERS, "derogation_a")),
    *(
        (f"referentiel_visit_{name}", Door(who=MANAGERS, is_admin=True, row="visit_b", fixed={"code": code}))
        for name, code in (("marks", "E"), ("decide", "E1.4"))
    ),
    ("referentiel_visit*", admin(MANAGERS, "visit_b")),
    ("referentiel_*", admin(WRITERS)),
    ("wagtail_bulk_action", admin(NOBODY)),
    ("wagtailsnippetchoosers_*", admin(MANAGERS)),
    ("wagtailsnippets*", admin(MANAGERS)),
    ("wagtailadmin_sprite", admin(EVERYBODY)),
    ("wagtailadmin_javascript_catalog", admin(EVERYBODY)),
    ("wagtailadmin_logout", admin(EVERYBODY)),  # the one sign-out answers there
    ("wagtailadmin_pages*", admin(ADMINS)),
    ("wagtailadmin*", admin(ADMINS)),
    ("wagtailimages*", admin(ADMINS)),
    ("wagtaildocs*", admin(ADMINS)),
    ("wagtailsites*", admin(NOBODY)),
    ("wagtailusers*", admin(NOBODY)),
    ("wagtailsearch*", admin(ADMINS)),
]


def door_of(route: Route) -> Door | None:
    """The expectation of a route, or None."""
    if route.name in PORTAL:
        return PORTAL[route.name]
    if route.name in API:
        return API[route.name]
    if route.name in CLOSED_ACCOUNT_PAGES or route.pattern.startswith("^compte/(?:"):
        return admin(NOBODY)
    if route.name.startswith(("account_", "mfa_")):
        return Door(who=EVERYBODY, is_admin=True)
    if route.pattern.startswith("^admin/(?:"):
        return admin(NOBODY)  # Wagtail's screens that are closed to all; each is walked under its own name too
    if not route.pattern.startswith("admin/"):
        return admin(EVERYBODY) if route.pattern.startswith("pages/_util/") else None
    if not route.name:
        return admin(EVERYBODY)  # redirections to the one sign-in, and Wagtail's page for an address that is none
    return next((door for pattern, door in ADMIN if fnmatch.fnmatch(route.name, pattern)), None)
