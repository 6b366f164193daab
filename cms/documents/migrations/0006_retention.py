"""How long it is kept who went through which part of a version, and who was reminded to sign.

A signature keeps the name under it: it is the proof. A reading is only what leads to it, and a reminder less still.
"""

from django.db import migrations

# Deleting stays out of reach of the application, by privilege and by policy; the trigger stood in the way of forgetting.
UNFROZEN = (
    """DROP TRIGGER documents_reading_frozen ON documents_reading;
       CREATE TRIGGER documents_reading_frozen BEFORE UPDATE ON documents_reading
         FOR EACH ROW EXECUTE FUNCTION documents_refuse_change()""",
    """DROP TRIGGER documents_reading_frozen ON documents_reading;
       CREATE TRIGGER documents_reading_frozen BEFORE UPDATE OR DELETE ON documents_reading
         FOR EACH ROW EXECUTE FUNCTION documents_refuse_change()""",
)
PLAIN = "RETURNS uuid[] LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$"
FORGET = (
    f"""
CREATE FUNCTION reading_forget(row_id uuid) {PLAIN}
  WITH gone AS (DELETE FROM documents_reading WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{{}}') FROM gone
$$;
CREATE FUNCTION signature_reminder_forget(row_id uuid) {PLAIN}
  WITH gone AS (DELETE FROM documents_signaturereminder WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{{}}') FROM gone
$$;
SELECT journal_kind_register('reading', 'documents_reading');
SELECT journal_kind_register('signature_reminder', 'documents_signaturereminder');
""",
    """DELETE FROM journal_kind WHERE kind IN ('reading', 'signature_reminder');
    DROP FUNCTION signature_reminder_forget(uuid); DROP FUNCTION reading_forget(uuid)""",
)

# A reading serves as long as its version may be signed: until the next major one takes effect.
READING = """SELECT r.id AS object_id, '' AS reference,
  (SELECT min(n.effective_on) FROM documents_documentversion n WHERE n.document_id = v.document_id AND n.is_major
     AND n.sequence > v.sequence AND n.effective_on <= current_date) AS starts_on, ARRAY[r.id] AS together
FROM documents_reading r JOIN documents_documentversion v ON v.id = r.version_id"""
REMINDER = """SELECT m.id AS object_id, '' AS reference, (m.sent_at AT TIME ZONE 'Europe/Paris')::date AS starts_on,
  ARRAY[m.id] AS together FROM documents_signaturereminder m"""

REGISTER = (
    f"""
SELECT retention_kind_register('reading', 'reading', 'documents_reading', 'lecture d’un chapitre par une personne',
  'l’entrée en vigueur de la version majeure suivante', 'destroy', $starts${READING}$starts$, 'reading_forget', 24,
  'La lecture prépare la signature ; une fois la version remplacée, seule la signature fait preuve.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 90);
SELECT retention_kind_register('signature_reminder', 'signature_reminder', 'documents_signaturereminder',
  'rappel de signature', 'l’envoi du rappel', 'destroy', $starts${REMINDER}$starts$, 'signature_reminder_forget', 12,
  'Un an suffit pour savoir qui a été prévenu.', 'RGPD, article 5 : pas plus longtemps que nécessaire', 91);
""",
    "DELETE FROM retention_kind WHERE kind IN ('reading', 'signature_reminder')",
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_written_documents"), ("retention", "0002_wall"), ("journal", "0002_functions")]

    operations = [migrations.RunSQL(*pair) for pair in [UNFROZEN, FORGET, REGISTER]]
