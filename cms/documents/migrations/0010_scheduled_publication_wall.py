"""The job of documents reads what is scheduled, and may only say that a day passed without a publication."""

from django.db import migrations

PUBLISHES = "((SELECT scope_manages_cases()) OR (SELECT scope_has_role('editor')))"
JOB = "((SELECT scope_reminds()) AND scheduled_on IS NOT NULL)"
VERSION = "(version_id IS NULL OR can_see_documentversion(version_id))"
POLICIES = (
    f"""ALTER POLICY select_rows ON documents_versionproposal USING ({PUBLISHES} OR {JOB});
ALTER POLICY update_rows ON documents_versionproposal USING ({PUBLISHES} OR {JOB})
  WITH CHECK (({PUBLISHES} OR ({JOB} AND state = 'lapsed')) AND {VERSION})""",
    f"""ALTER POLICY select_rows ON documents_versionproposal USING ({PUBLISHES});
ALTER POLICY update_rows ON documents_versionproposal USING ({PUBLISHES}) WITH CHECK (({PUBLISHES}) AND {VERSION})""",
)


def step(columns: str, lapses: str, also: str) -> str:
    def row(name: str) -> str:
        return ", ".join(f"{name}.{column}" for column in columns.split())

    return f"""CREATE OR REPLACE FUNCTION documents_proposal_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ({row("NEW")}) IS DISTINCT FROM ({row("OLD")})
     OR (OLD.state, NEW.state) NOT IN (('proposed', 'validated'), ('proposed', 'returned'), ('proposed', 'withdrawn'),
      ('validated', 'withdrawn'), ('validated', 'published'), ('validated', 'returned'){lapses}) THEN
    RAISE EXCEPTION 'Une version proposée ne change pas : elle se valide, se reprend, se retire ou se publie'
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state IN ('validated', 'returned') AND NEW.validator_id IS DISTINCT FROM scope_user_id() THEN
    RAISE EXCEPTION 'La personne désignée valide, et elle seule' USING ERRCODE = 'restrict_violation';
  END IF;{also}
  RETURN NEW;
END $$"""


COLUMNS = "document_id number is_major change_note effective_on content_hash proposed_by_id proposed_at validator_id"
ALSO = """
  IF NEW.state = 'lapsed' AND NOT scope_reminds() THEN
    RAISE EXCEPTION 'Seul le jour prévu, passé, fait tomber une version proposée' USING ERRCODE = 'restrict_violation';
  END IF;"""
STEPS = (
    step(f"{COLUMNS} scheduled_on", ", ('proposed', 'lapsed'), ('validated', 'lapsed')", ALSO),
    step(COLUMNS, "", ""),
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_scheduled_publication")]

    operations = [migrations.RunSQL(*pair) for pair in (POLICIES, STEPS)]
