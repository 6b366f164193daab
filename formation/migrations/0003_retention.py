"""How long the names of people trained or supported are kept. Their sessions, hours, trades and territory stay."""

from django.db import migrations

# Somebody who taught a session and was enrolled in it is not counted there; without the link to the account nothing would
# tell so any more: that enrolment is cancelled, which says the same to every figure.
FORGET = (
    """
CREATE FUNCTION professional_forget(row_id uuid) RETURNS uuid[]
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
    "DROP FUNCTION professional_forget(uuid)",
)

STARTS = """SELECT p.id AS object_id, '' AS reference,
  CASE WHEN coalesce(u.is_active, false) THEN NULL ELSE greatest(e.last_on, a.last_on) END AS starts_on,
  ARRAY[p.id] AS together
FROM formation_professional p LEFT JOIN users_user u ON u.id = p.user_id
LEFT JOIN LATERAL (SELECT max(s.ends_on) AS last_on FROM formation_enrolment x
  JOIN formation_session s ON s.id = x.session_id WHERE x.professional_id = p.id) e ON true
LEFT JOIN LATERAL (SELECT max(x.happened_on) AS last_on FROM formation_supportact x
  WHERE x.professional_id = p.id) a ON true"""

REGISTER = (
    f"""
SELECT retention_kind_register('professional', 'professional', 'formation_professional',
  'nom d’une personne formée ou accompagnée', 'la dernière session ou le dernier acte d’accompagnement', 'anonymise',
  $starts${STARTS}$starts$, 'professional_forget', 60,
  'Cinq ans pour prouver une présence ; ensuite le nombre suffit.',
  'Code civil, article 2224 (prescription de cinq ans)', 60)
""",
    "DELETE FROM retention_kind WHERE kind = 'professional'",
)


class Migration(migrations.Migration):
    dependencies = [("formation", "0002_wall"), ("retention", "0002_wall")]

    operations = [migrations.RunSQL(*FORGET), migrations.RunSQL(*REGISTER)]
