"""How long a request about rights is kept, and what remains: dates, the right asked for and the answer, without words."""

from django.db import migrations

FORGET = (
    """
CREATE FUNCTION rights_request_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM rights_rightsdetail WHERE request_id = $1;
  DELETE FROM rights_rightsstep WHERE request_id = $1;
  DELETE FROM rights_filecopyagreement WHERE copy_id IN (SELECT id FROM rights_filecopy WHERE request_id = $1);
  DELETE FROM rights_filecopy WHERE request_id = $1;
  DELETE FROM files_attachment WHERE object_id = $1;
  UPDATE rights_rightsrequest SET case_id = NULL,
    reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12) WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
""",
    "DROP FUNCTION rights_request_forget(uuid)",
)
STARTS = """SELECT r.id AS object_id, r.reference, r.closed_on AS starts_on, array_remove(ARRAY[r.id, r.case_id], NULL) AS together
FROM rights_rightsrequest r"""
REGISTER = (
    f"""
SELECT retention_kind_register('rights_request', 'rights_request', 'rights_rightsrequest', 'demande de droits',
  'la réponse donnée', 'anonymise', $starts${STARTS}$starts$, 'rights_request_forget', 60,
  'Cinq ans pour montrer que la réponse a été donnée, et à temps ; les mots partent, les dates restent pour le bilan.',
  'Code civil, article 2224 (prescription de cinq ans)', 60);
""",
    "DELETE FROM retention_kind WHERE kind = 'rights_request'",
)

# An alert leaves with the file that it is about, and what was answered to it with the alert.
RECEIPT = """
DO $$
DECLARE
  v_name text := (SELECT conname FROM pg_constraint WHERE conrelid = 'rights_alertreceipt'::regclass AND contype = 'f'
                  AND confrelid = 'access_alert'::regclass);
BEGIN
  EXECUTE format('ALTER TABLE rights_alertreceipt DROP CONSTRAINT %I, ADD CONSTRAINT %I FOREIGN KEY (alert_id)
                  REFERENCES access_alert (id) {} DEFERRABLE INITIALLY DEFERRED', v_name, v_name);
END $$"""
LEAVES = (RECEIPT.replace("{}", "ON DELETE CASCADE"), RECEIPT.replace("{}", ""))


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_wall"), ("retention", "0002_wall"), ("files", "0001_initial")]

    operations = [migrations.RunSQL(*pair) for pair in [FORGET, REGISTER, LEAVES]]
