from django.db import connection

_RESTORE = """
DO $$
DECLARE
    v_table regclass;
BEGIN
    FOR v_table IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
          AND relname ~ '^journal_(line|kind|month|cut|hold)'
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, havre_app', v_table);
    END LOOP;
    IF to_regclass('public.journal_line') IS NOT NULL THEN
        GRANT SELECT ON public.journal_line TO havre_app;
    END IF;
    IF to_regclass('public.journal_month') IS NOT NULL THEN
        GRANT SELECT ON public.journal_month, public.journal_cut, public.journal_hold TO havre_app;
    END IF;
END $$;
"""


def rights_restore() -> None:
    """Take back from `havre_app` what a `GRANT … ON ALL TABLES` gave it on the journal. Run as the owner, after it."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTORE)
