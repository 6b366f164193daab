"""Marks left by every statement that changes what the figures read, and results kept until then: for the figures alone."""

from django.db import migrations

from cms.access.wall import policies

FIGURES = "(SELECT scope_system()) = 'figures'"
TABLES = [
    policies(table, select=FIGURES, insert="false", update="false")
    for table in ("dashboards_figuremark", "dashboards_keptresult")
]
OWNER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
FUNCTIONS = (
    f"""
CREATE FUNCTION figures_mark() RETURNS trigger LANGUAGE plpgsql {OWNER} AS $$
BEGIN
  INSERT INTO dashboards_figuremark (source, weight) VALUES (TG_TABLE_NAME, 1);
  RETURN NULL;
END $$;

-- Whoever counts the same thing at the same time keeps it; the others do not wait.
CREATE FUNCTION figures_keep(part text, since date, until date, today date, seen text, result jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE {OWNER} AS $$
BEGIN
  IF scope_system() IS DISTINCT FROM 'figures' THEN
    RAISE EXCEPTION 'results are kept by the figures alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF pg_try_advisory_xact_lock(hashtext('figures_keep'), hashtext(concat_ws(' ', part, since, until))) THEN
    DELETE FROM dashboards_keptresult k WHERE k.code = part AND k.first = since AND k.last = until;
    INSERT INTO dashboards_keptresult (code, first, last, day, state, content)
      VALUES (part, since, until, today, seen, result);
  END IF;
END $$;

-- In one statement: no reader sees marks without their weight.
CREATE FUNCTION figures_tidy(today date) RETURNS void LANGUAGE plpgsql VOLATILE {OWNER} AS $$
BEGIN
  IF scope_system() IS DISTINCT FROM 'figures' THEN
    RAISE EXCEPTION 'marks are added up by the figures alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  WITH gone AS (DELETE FROM dashboards_figuremark RETURNING source, weight)
    INSERT INTO dashboards_figuremark (source, weight) SELECT source, sum(weight) FROM gone GROUP BY source;
  DELETE FROM dashboards_keptresult WHERE day <> today;
END $$;
""",
    "DROP FUNCTION figures_tidy(date); DROP FUNCTION figures_keep(text, date, date, date, text, jsonb); "
    "DROP FUNCTION figures_mark();",
)
SOURCES = [
    "cases_absence",
    "cases_afterstay",
    "cases_authoritynotice",
    "cases_case",
    "cases_caseform",
    "cases_incident",
    "cases_incidentpair",
    "cases_incidenttask",
    "cases_orientation",
    "cases_placement",
    "cases_proposal",
    "cases_sollicitation",
    "cases_sollicitationform",
    "cases_unmetneed",
    "documents_acknowledgement",
    "documents_document",
    "documents_documentversion",
    "formation_answersheet",
    "formation_enrolment",
    "formation_halfday",
    "formation_professional",
    "formation_satisfaction",
    "formation_session",
    "formation_sessiontrainer",
    "formation_supportact",
    "formation_yearplan",
    "formation_yearplanline",
    "partners_convention",
    "partners_conventionstep",
    "partners_membership",
    "partners_partner",
    "partners_place",
    "partners_structureprofile",
    "partners_structureprofile_forms",
    "partners_suspension",
    "territory_aseauthority",
    "territory_aseauthorityname",
    "territory_asecoverage",
    "territory_region",
    "territory_territory",
    "territory_territory_neighbours",
    "values_settingversion",
    "values_value",
]
# Always: what is written in bulk, with the other triggers off, changes the figures too.
TRIGGERS = [
    (
        f"CREATE TRIGGER figures_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION figures_mark(); ALTER TABLE {table} ENABLE ALWAYS TRIGGER figures_mark",
        f"DROP TRIGGER figures_mark ON {table}",
    )
    for table in SOURCES
]


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0007_kept"),
        ("access", "0012_unread"),
        ("cases", "0043_severity_targets_wall"),
        ("documents", "0013_circuit_signed"),
        ("formation", "0020_reminders_gone"),
        ("partners", "0012_terms"),
        ("territory", "0001_initial"),
        ("values", "0002_config_versions"),
    ]

    operations = [migrations.RunSQL(*pair) for pair in [*TABLES, FUNCTIONS, *TRIGGERS]]
