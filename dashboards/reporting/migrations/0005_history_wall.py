"""Who reads and loads the register of an earlier year; how long it is kept, and the documents shared with the State.

What two people decided is held by a trigger. The lines kept until then leave with the decision, never before it, and are
never reworded: what is loaded is what was tried.
"""

from django.db import migrations

from cms.access.wall import policies

ME = "(SELECT scope_user_id())"
MANAGES = "(SELECT scope_manages_cases())"
MINE = f"(agreed_by_id IS NULL OR agreed_by_id = {ME}) AND (dismissed_by_id IS NULL OR dismissed_by_id = {ME})"

TABLE = policies(
    "reporting_historyimport",
    select="(SELECT scope_sees_all_cases())",
    insert=f"{MANAGES} AND asked_by_id = {ME} AND agreed_by_id IS NULL AND dismissed_by_id IS NULL",
    update=MANAGES,
    check=MINE,
)
GUARD = (
    """
CREATE FUNCTION historyimport_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_free text[] := ARRAY['agreed_by_id', 'agreed_at', 'dismissed_by_id', 'dismissed_at', 'content'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.agreed_at IS NOT NULL OR OLD.dismissed_at IS NOT NULL
     OR to_jsonb(NEW) - v_free <> to_jsonb(OLD) - v_free
     OR (NEW.agreed_at IS NULL AND NEW.dismissed_at IS NULL AND NEW.content <> OLD.content) THEN
    RAISE EXCEPTION 'reporting_decided' USING ERRCODE = 'check_violation', CONSTRAINT = 'reporting_decided';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER historyimport_guard BEFORE UPDATE OR DELETE ON reporting_historyimport
  FOR EACH ROW WHEN (NOT retention_erases()) EXECUTE FUNCTION historyimport_guard();
SELECT journal_kind_register('historyimport', 'reporting_historyimport');
""",
    """DELETE FROM journal_kind WHERE kind = 'historyimport';
    DROP TRIGGER historyimport_guard ON reporting_historyimport; DROP FUNCTION historyimport_guard()""",
)

PLAIN = "RETURNS uuid[] LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$"
PARIS = "AT TIME ZONE 'Europe/Paris')::date"
NEEDED = "RGPD, article 5 : pas plus longtemps que nécessaire"
REGISTERS = f"""SELECT h.id AS object_id, '' AS reference, (h.asked_at {PARIS} AS starts_on, ARRAY[h.id] AS together
FROM reporting_historyimport h"""
# A question that waits for its answer, a committee to come: no date. A hold on either keeps its documents.
DOCUMENTS = f"""SELECT a.id AS object_id, '' AS reference,
  CASE WHEN a.object_kind = 'statequestion' AND q.answered_at IS NOT NULL
       THEN greatest((q.answered_at {PARIS}, (a.added_at {PARIS})
       WHEN a.object_kind = 'committee' AND c.held_on < current_date
       THEN greatest(c.held_on, (a.added_at {PARIS}) END AS starts_on,
  ARRAY[a.id, a.object_id] AS together
FROM files_attachment a
LEFT JOIN reporting_statequestion q ON a.object_kind = 'statequestion' AND q.id = a.object_id
LEFT JOIN reporting_committee c ON a.object_kind = 'committee' AND c.id = a.object_id
WHERE a.object_kind IN ('statequestion', 'committee')"""
# Without its row an attachment has no key: its body is lost at once, and the job of the night removes it.
KEPT = (
    f"""
CREATE FUNCTION historyimport_forget(row_id uuid) {PLAIN}
  WITH gone AS (DELETE FROM reporting_historyimport WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{{}}') FROM gone
$$;
CREATE FUNCTION shared_document_forget(row_id uuid) {PLAIN}
  WITH gone AS (DELETE FROM files_attachment WHERE id = $1 AND object_kind IN ('statequestion', 'committee') RETURNING id)
  SELECT coalesce(array_agg(id), '{{}}') FROM gone
$$;
SELECT retention_kind_register('historyimport', 'historyimport', 'reporting_historyimport',
  'demande de chargement du registre d’une année passée', 'la demande', 'destroy', $starts${REGISTERS}$starts$,
  'historyimport_forget', 6,
  'Six mois pour décider ; ce qui est chargé suit la règle des demandes et des dossiers.', '{NEEDED}', 96);
SELECT retention_kind_register('shared_document', 'attachment', 'files_attachment', 'document partagé avec l’État',
  'la réponse à la question, ou le jour du comité', 'destroy', $starts${DOCUMENTS}$starts$, 'shared_document_forget', 60,
  'Cinq ans : le temps de la convention et du contrôle de son emploi.', '{NEEDED}', 97);
""",
    """DELETE FROM retention_kind WHERE kind IN ('historyimport', 'shared_document');
    DROP FUNCTION shared_document_forget(uuid); DROP FUNCTION historyimport_forget(uuid)""",
)


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0004_history"),
        ("cases", "0013_retention"),
        ("files", "0002_wall"),
        ("retention", "0003_rings"),
    ]

    operations = [migrations.RunSQL(*pair) for pair in (TABLE, GUARD, KEPT)]
