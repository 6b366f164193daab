"""The name on an attestation leaves with the name of the person; a walk-in that nobody decided on leaves too."""

from django.db import migrations

FORGET = (
    """
CREATE OR REPLACE FUNCTION professional_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE formation_enrolment e SET cancelled_at = e.enrolled_at
  FROM formation_sessiontrainer t, formation_professional p
  WHERE p.id = $1 AND e.professional_id = p.id AND t.session_id = e.session_id AND t.trainer_id = p.user_id
    AND e.cancelled_at IS NULL;
  UPDATE formation_attestation a SET content = '{}'::jsonb
  FROM formation_enrolment e WHERE e.id = a.enrolment_id AND e.professional_id = $1;
  UPDATE formation_professional SET last_name = 'Anonyme', first_name = '', email = '', user_id = NULL,
    employer_id = NULL, employer_name = '', created_by_id = NULL WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
""",
    """
CREATE OR REPLACE FUNCTION professional_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE formation_enrolment e SET cancelled_at = e.enrolled_at
  FROM formation_sessiontrainer t, formation_professional p
  WHERE p.id = $1 AND e.professional_id = p.id AND t.session_id = e.session_id AND t.trainer_id = p.user_id
    AND e.cancelled_at IS NULL;
  UPDATE formation_professional SET last_name = 'Anonyme', first_name = '', email = '', user_id = NULL,
    employer_id = NULL, employer_name = '', created_by_id = NULL WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
""",
)

# A decision takes the names away by itself: what is left are sessions that nobody ever closed.
WALK_IN = (
    """
CREATE FUNCTION walkin_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM formation_signature WHERE walk_in_id = $1 AND enrolment_id IS NULL;
  DELETE FROM formation_walkin WHERE id = $1;
  RETURN ARRAY[$1];
END $$;
SELECT retention_kind_register('walkin', 'walkin', 'formation_walkin',
  'personne venue à une session sans inscription', 'sa venue, tant que personne n’a décidé', 'destroy',
  'SELECT w.id AS object_id, '''' AS reference, CASE WHEN w.state = ''pending'' THEN w.asked_at::date END AS starts_on,
     ARRAY[w.id] AS together FROM formation_walkin w',
  'walkin_forget', 6, 'Une session se clôt en quelques jours ; ensuite le nom de qui n’a pas été retenu ne sert plus.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 61);
""",
    "DELETE FROM retention_kind WHERE kind = 'walkin'; DROP FUNCTION walkin_forget(uuid)",
)


class Migration(migrations.Migration):
    dependencies = [("formation", "0005_proofs_wall"), ("retention", "0003_rings")]

    operations = [migrations.RunSQL(*FORGET), migrations.RunSQL(*WALK_IN)]
