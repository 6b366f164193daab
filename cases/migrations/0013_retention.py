"""How long files of minors, requests and incidents are kept, and what erasing one of them means.

What figures count stays: dates of events, codes, ages, territories, structures. What tells who it was goes: identity,
hashes of names, words, references, month of birth, bed; and the person key becomes another one, for every file of the
same person in the same moment, so that persons are still counted once.
"""

from django.db import migrations

PARIS = "AT TIME ZONE 'Europe/Paris')::date"
NEW_REFERENCE = "'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12)"
PLAIN = "LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$"

# Every file of a person counts as one: the last thing that happened in any of them dates them all.
PERSON = f"""SELECT c.id AS object_id, c.reference, o.n IS NOT NULL OR p.n IS NOT NULL AS is_followed,
  CASE WHEN coalesce(s.waits, false) OR coalesce(p.lasts, false) OR coalesce(i.waits, false) THEN NULL
       ELSE greatest(k.last_on, s.last_on, o.last_on, p.last_on, i.last_on) END AS starts_on,
  k.ids || coalesce(s.ids, '{{}}') || coalesce(o.ids, '{{}}') || coalesce(p.ids, '{{}}') || coalesce(i.ids, '{{}}')
    AS together
FROM cases_case c
JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(greatest(x.opened_on, x.closed_on)) AS last_on
  FROM cases_case x WHERE x.person_key = c.person_key) k ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state IN ('received', 'in_charge')) AS waits,
    max(greatest(x.received_on, (x.closed_at {PARIS})) AS last_on
  FROM cases_sollicitation x WHERE x.case_id = ANY (k.ids)) s ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n,
    max(greatest(x.decided_on, (x.cancelled_at {PARIS})) AS last_on
  FROM cases_orientation x WHERE x.case_id = ANY (k.ids)) o ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n, bool_or(x.ended_on IS NULL) AS lasts,
    max(greatest(x.arrived_on, x.ended_on)) AS last_on
  FROM cases_placement x WHERE x.case_id = ANY (k.ids)) p ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state <> 'closed') AS waits,
    max(greatest(x.declared_on, (x.closed_at {PARIS})) AS last_on
  FROM cases_incident x WHERE x.placement_id = ANY (p.ids)) i ON true"""


def of_case(condition: str) -> str:
    return f"SELECT f.object_id, f.reference, f.starts_on, f.together FROM ({PERSON}) AS f WHERE {condition}"


ALONE = f"""SELECT q.id AS object_id, q.reference,
  CASE WHEN q.state = 'closed' THEN greatest(q.received_on, (q.closed_at {PARIS}, r.last_on) END AS starts_on,
  ARRAY[q.id] || coalesce(r.ids, '{{}}') AS together
FROM cases_sollicitation q
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(x.received_on) AS last_on
  FROM cases_sollicitation x WHERE x.relance_of_id = q.id) r ON true
WHERE q.case_id IS NULL"""

WORDS = f"""SELECT q.id AS object_id, q.reference,
  CASE WHEN q.state = 'closed' OR c.closed_on IS NOT NULL
       THEN greatest(q.received_on, (q.closed_at {PARIS}, c.closed_on) END AS starts_on,
  ARRAY[q.id, c.id] AS together
FROM cases_sollicitationdetail d JOIN cases_sollicitation q ON q.id = d.sollicitation_id JOIN cases_case c ON c.id = q.case_id"""

INCIDENT = f"""SELECT n.id AS object_id, n.reference,
  CASE WHEN n.state = 'closed' THEN greatest(n.declared_on, (n.closed_at {PARIS}) END AS starts_on,
  array_remove(ARRAY[n.id, p.id, p.case_id], NULL) AS together
FROM cases_incident n LEFT JOIN cases_placement p ON p.id = n.placement_id"""

# Without its row an attachment has no key: its body is lost at once, and the job of the night removes it.
TRACES = """
  DELETE FROM files_attachment WHERE object_id = ANY (v_all);
  DELETE FROM access_grant WHERE object_id = ANY (v_all);
  DELETE FROM access_reveal WHERE object_id = ANY (v_all);
  DELETE FROM access_alert WHERE object_id = ANY (v_all);
"""
SOLLICITATION = f"""reference = {NEW_REFERENCE}, birth_year = NULL, birth_month = NULL, current_place_id = NULL,
    safe_until = NULL, group_id = NULL, idempotency_key = NULL, taken_by_id = NULL"""

FORGET = (
    f"""
CREATE FUNCTION case_forget(row_id uuid) RETURNS uuid[] {PLAIN}
DECLARE
  v_cases uuid[] := (SELECT array_agg(x.id) FROM cases_case x
    WHERE x.person_key = (SELECT c.person_key FROM cases_case c WHERE c.id = $1));
  v_key uuid := gen_random_uuid();
  v_requests uuid[] := (SELECT coalesce(array_agg(s.id), '{{}}') FROM cases_sollicitation s WHERE s.case_id = ANY (v_cases));
  v_orientations uuid[] := (SELECT coalesce(array_agg(o.id), '{{}}') FROM cases_orientation o WHERE o.case_id = ANY (v_cases));
  v_all uuid[];
BEGIN
  v_all := v_cases || v_requests || v_orientations
    || (SELECT coalesce(array_agg(p.id), '{{}}') FROM cases_proposal p WHERE p.orientation_id = ANY (v_orientations))
    || (SELECT coalesce(array_agg(p.id), '{{}}') FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  DELETE FROM cases_caseidentity WHERE case_id = ANY (v_cases);
  DELETE FROM cases_casename WHERE case_id = ANY (v_cases);
  DELETE FROM cases_keepaway WHERE case_id = ANY (v_cases);
  DELETE FROM cases_caseneed WHERE case_id = ANY (v_cases);
  DELETE FROM cases_caselanguage WHERE case_id = ANY (v_cases);
  DELETE FROM cases_legalframe WHERE case_id = ANY (v_cases);
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = ANY (v_requests);
  DELETE FROM cases_matching WHERE orientation_id = ANY (v_orientations);
  UPDATE cases_case SET reference = {NEW_REFERENCE}, birth_year = NULL, birth_month = NULL, person_key = v_key
    WHERE id = ANY (v_cases);
  UPDATE cases_sollicitation SET {SOLLICITATION} WHERE id = ANY (v_requests);
  UPDATE cases_proposal SET sheet = '{{}}'::jsonb WHERE orientation_id = ANY (v_orientations);
  UPDATE cases_placement SET place_id = NULL, legal_frame_ends_on = NULL WHERE case_id = ANY (v_cases);
  {TRACES}
  RETURN v_cases;
END $$;

CREATE FUNCTION sollicitation_forget(row_id uuid) RETURNS uuid[] {PLAIN}
DECLARE
  v_all uuid[] := ARRAY[$1];
BEGIN
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = $1;
  UPDATE cases_sollicitation SET {SOLLICITATION} WHERE id = $1;
  {TRACES}
  RETURN v_all;
END $$;

CREATE FUNCTION sollicitation_words_forget(row_id uuid) RETURNS uuid[] {PLAIN}
BEGIN
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = $1;
  RETURN ARRAY[$1];
END $$;

CREATE FUNCTION incident_forget(row_id uuid) RETURNS uuid[] {PLAIN}
DECLARE
  v_all uuid[] := ARRAY[$1];
BEGIN
  DELETE FROM cases_incidentdetail WHERE incident_id = $1;
  UPDATE cases_incident SET reference = {NEW_REFERENCE}, acknowledged_by_id = NULL WHERE id = $1;
  {TRACES}
  RETURN v_all;
END $$;
""",
    """DROP FUNCTION incident_forget(uuid); DROP FUNCTION sollicitation_words_forget(uuid);
    DROP FUNCTION sollicitation_forget(uuid); DROP FUNCTION case_forget(uuid)""",
)

# A sheet is frozen for everybody but the erasing of the file that it describes.
FREEZE = (
    """
DROP TRIGGER proposal_frozen ON cases_proposal;
CREATE TRIGGER proposal_frozen BEFORE UPDATE ON cases_proposal FOR EACH ROW WHEN (NOT retention_erases())
  EXECUTE FUNCTION proposal_freeze();
DROP TRIGGER placement_frozen ON cases_placement;
CREATE TRIGGER placement_frozen BEFORE UPDATE ON cases_placement FOR EACH ROW WHEN (NOT retention_erases())
  EXECUTE FUNCTION placement_freeze();
""",
    """
DROP TRIGGER proposal_frozen ON cases_proposal;
CREATE TRIGGER proposal_frozen BEFORE UPDATE ON cases_proposal FOR EACH ROW EXECUTE FUNCTION proposal_freeze();
DROP TRIGGER placement_frozen ON cases_placement;
CREATE TRIGGER placement_frozen BEFORE UPDATE ON cases_placement FOR EACH ROW EXECUTE FUNCTION placement_freeze();
""",
)

KINDS = [
    (
        "case",
        "case",
        "cases_case",
        "dossier d’un mineur orienté ou accueilli",
        "le dernier fait du dossier : demande, orientation, séjour, incident ou clôture",
        "anonymise",
        of_case("f.is_followed"),
        "case_forget",
        24,
        "Deux ans après le dernier contact, le réseau n’a plus à savoir de qui il s’agit ; les chiffres restent.",
        "CNIL, référentiel protection de l’enfance, délibération 2022-008",
        10,
    ),
    (
        "case_unfollowed",
        "case",
        "cases_case",
        "dossier d’un mineur sans orientation ni séjour",
        "le dernier fait du dossier",
        "anonymise",
        of_case("NOT f.is_followed"),
        "case_forget",
        12,
        "Le réseau n’a pas accompagné ce mineur : un an suffit pour répondre à une nouvelle demande.",
        "CNIL, référentiel protection de l’enfance, délibération 2022-008",
        20,
    ),
    (
        "sollicitation",
        "sollicitation",
        "cases_sollicitation",
        "demande sans suite, jamais rattachée à un dossier",
        "la clôture de la demande, ou sa dernière relance",
        "anonymise",
        ALONE,
        "sollicitation_forget",
        12,
        "La demande n’a pas eu de suite : un an suffit pour y revenir si le service rappelle.",
        "CNIL, référentiel protection de l’enfance, délibération 2022-008",
        30,
    ),
    (
        "sollicitation_words",
        "sollicitation",
        "cases_sollicitation",
        "récit et personne à rappeler, dans une demande rattachée à un dossier",
        "la clôture de la demande ou du dossier, la plus tardive",
        "destroy",
        WORDS,
        "sollicitation_words_forget",
        12,
        "Le récit sert à décider : une fois la demande close depuis un an, le dossier suffit.",
        "RGPD, article 5 : pas plus longtemps que nécessaire",
        40,
    ),
    (
        "incident",
        "incident",
        "cases_incident",
        "incident",
        "la clôture de l’incident",
        "anonymise",
        INCIDENT,
        "incident_forget",
        60,
        "Cinq ans pour répondre de ce qui a été fait ; une procédure en cours justifie une conservation forcée.",
        "Code civil, article 2224 (prescription de cinq ans)",
        50,
    ),
]


def quoted(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


REGISTER = [
    (
        f"SELECT retention_kind_register({', '.join(quoted(value) for value in kind)})",
        f"DELETE FROM retention_kind WHERE kind = '{kind[0]}'",
    )
    for kind in KINDS
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_files_wall"), ("retention", "0002_wall")]

    operations = [migrations.RunSQL(*pair) for pair in [FORGET, FREEZE, *REGISTER]]
