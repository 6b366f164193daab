"""What was erased leaves no reference in earlier batches either, and calls of the on-call have an end."""

from django.db import migrations

PLPGSQL = "LANGUAGE plpgsql {} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$\n#variable_conflict use_column"
WRITES = PLPGSQL.format("VOLATILE")
ALONE = """IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;"""
BEFORE = "UPDATE retention_row SET reference = '' WHERE object_id = ANY (v_ids);"

# A file takes its requests with it: the lines of any batch, signed or dismissed, that still say what they were called.
AFTER = """UPDATE retention_row w SET reference = '' WHERE w.reference <> '' AND w.object_id = ANY (v_due.together || v_ids)
          AND NOT EXISTS (SELECT FROM retention_due(w.object_kind, w.object_id) d WHERE d.reference = w.reference);"""


def execute(cleared: str) -> str:
    """One object, in the transaction of the caller: as before, but for the references that it leaves."""
    return f"""
CREATE OR REPLACE FUNCTION retention_row_execute(p_id uuid) RETURNS text {WRITES}
DECLARE
    v_row retention_row;
    v_run retention_run;
    v_kind retention_kind;
    v_due record;
    v_outcome text;
    v_ids uuid[];
BEGIN
    {ALONE}
    SELECT * INTO STRICT v_row FROM retention_row WHERE id = p_id FOR UPDATE;
    SELECT * INTO STRICT v_run FROM retention_run WHERE id = v_row.run_id FOR SHARE;
    SELECT * INTO STRICT v_kind FROM retention_kind WHERE kind = v_row.kind_id;
    IF v_run.direction_at IS NULL OR v_run.dpo_at IS NULL OR v_run.direction_by_id = v_run.dpo_by_id
       OR v_run.dismissed_at IS NOT NULL THEN
        RAISE EXCEPTION 'retention: two people have not signed this run' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF v_row.outcome <> '' THEN
        RETURN v_row.outcome;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('retention_hold'));
    SELECT * INTO v_due FROM retention_due(v_row.object_kind, v_row.object_id) d WHERE d.kind = v_row.kind_id;
    EXECUTE format('SELECT count(*) FROM (SELECT FROM public.%I WHERE id = ANY ($1) FOR UPDATE) AS held',
                   v_kind.table_name) USING v_due.together;
    SELECT * INTO v_due FROM retention_due(v_row.object_kind, v_row.object_id) d WHERE d.kind = v_row.kind_id;
    v_outcome := CASE WHEN v_due.kind IS NULL OR v_due.forgotten_at IS NOT NULL THEN 'gone'
                      WHEN v_due.is_held THEN 'held'
                      WHEN v_due.due_on IS NULL OR v_due.due_on > (now() AT TIME ZONE 'Europe/Paris')::date
                      THEN 'postponed' ELSE 'done' END;
    IF v_outcome = 'done' THEN
        EXECUTE format('SELECT public.%I($1)', v_kind.forget) INTO v_ids USING v_row.object_id;
        INSERT INTO retention_done (kind, object_kind, object_id, at, run_id)
        SELECT v_row.kind_id, v_row.object_kind, forgotten, clock_timestamp(), v_run.id FROM unnest(v_ids) AS forgotten;
        PERFORM journal_append('retention.object.forget', v_row.object_kind, forgotten, 'done', v_row.kind_id, '{{}}'::jsonb, '')
        FROM unnest(v_ids) AS forgotten;
        {cleared}
        UPDATE retention_legalhold SET reference = '' WHERE object_id = ANY (v_due.together);
    END IF;
    UPDATE retention_row SET outcome = v_outcome, at = clock_timestamp() WHERE id = p_id;
    RETURN v_outcome;
END $$;
"""


RINGS = (
    """
CREATE FUNCTION ring_forget(row_id uuid) RETURNS uuid[] LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH steps AS (DELETE FROM notify_ringstep WHERE ring_id = $1),
       gone AS (DELETE FROM notify_ring WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$$;
SELECT retention_kind_register('ring', 'ring', 'notify_ring', 'appels de l’astreinte', 'la fin de l’appel', 'destroy',
  'SELECT r.id AS object_id, '''' AS reference, (r.closed_at AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
     ARRAY[r.id, r.object_id] AS together FROM notify_ring r',
  'ring_forget', 12, 'Une année d’appels suffit pour savoir si l’astreinte répond, et rendre compte d’une nuit.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 85);
""",
    "DELETE FROM retention_kind WHERE kind = 'ring'; DROP FUNCTION ring_forget(uuid)",
)


class Migration(migrations.Migration):
    dependencies = [("retention", "0002_wall"), ("notify", "0002_wall")]

    operations = [migrations.RunSQL(execute(AFTER), execute(BEFORE)), migrations.RunSQL(*RINGS)]
