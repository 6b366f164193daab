"""A proposal is seen by those who publish; its words never change, and its validator alone decides. A unit is seen by
itself and by the coordination, which keeps the list; a review, once written, stays.
"""

from django.db import migrations

from cms.access.wall import definer, policies

ME = "(SELECT scope_user_id())"
ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
PUBLISHES = f"({MANAGES} OR (SELECT scope_has_role('editor')))"
REMINDS = "(SELECT scope_reminds())"
OWN = "partner_id = ANY ((SELECT scope_partner_ids())::uuid[])"

PROPOSAL = policies(
    "documents_versionproposal",
    select=PUBLISHES,
    insert=f"{PUBLISHES} AND proposed_by_id = {ME} AND state = 'proposed'",
    update=PUBLISHES,
    check="(version_id IS NULL OR can_see_documentversion(version_id))",
)
STEPS = (
    """
CREATE OR REPLACE FUNCTION documents_proposal_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.document_id, NEW.number, NEW.is_major, NEW.change_note, NEW.effective_on, NEW.content_hash,
      NEW.proposed_by_id, NEW.proposed_at, NEW.validator_id)
     IS DISTINCT FROM
     (OLD.document_id, OLD.number, OLD.is_major, OLD.change_note, OLD.effective_on, OLD.content_hash,
      OLD.proposed_by_id, OLD.proposed_at, OLD.validator_id)
     OR (OLD.state, NEW.state) NOT IN (('proposed', 'validated'), ('proposed', 'returned'), ('proposed', 'withdrawn'),
      ('validated', 'withdrawn'), ('validated', 'published'), ('validated', 'returned')) THEN
    RAISE EXCEPTION 'Une version proposée ne change pas : elle se valide, se reprend, se retire ou se publie'
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state IN ('validated', 'returned') AND NEW.validator_id IS DISTINCT FROM scope_user_id() THEN
    RAISE EXCEPTION 'La personne désignée valide, et elle seule' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_versionproposal_step BEFORE UPDATE ON documents_versionproposal
  FOR EACH ROW EXECUTE FUNCTION documents_proposal_step();
""",
    "DROP FUNCTION documents_proposal_step() CASCADE;",
)

CAN_SEE_UNIT = definer(
    "can_see_authorisedunit(unit uuid)",
    "boolean",
    """SELECT scope_sees_all_cases() OR scope_reminds() OR EXISTS (SELECT 1 FROM documents_authorisedunit u
       WHERE u.partner_id = $1 AND u.partner_id = ANY (scope_partner_ids()))""",
)
UNIT = policies(
    "documents_authorisedunit",
    select=f"{ALL} OR {REMINDS} OR {OWN}",
    insert=MANAGES,
    update=MANAGES,
    check="can_see_partner(partner_id)",
)
REVIEW = policies(
    "documents_unitreview",
    select=f"{ALL} OR unit_id = ANY ((SELECT scope_partner_ids())::uuid[])",
    insert=f"{MANAGES} AND recorded_by_id = {ME}",
    update="false",
    check="can_see_authorisedunit(unit_id)",
)
REMINDER = policies(
    "documents_unitreminder",
    select=f"{ALL} OR {REMINDS}",
    insert=REMINDS,
    update="false",
    check="can_see_authorisedunit(unit_id)",
)
KINDS = (
    "SELECT journal_kind_register('version_proposal', 'documents_versionproposal')",
    migrations.RunSQL.noop,
)
# The unit signs it: documents loaded before said that nobody does.
SIGNED = (
    "UPDATE documents_document SET must_be_acknowledged = true WHERE kind = 'fsi-protocol'",
    "UPDATE documents_document SET must_be_acknowledged = false WHERE kind = 'fsi-protocol'",
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_proposals_units"), ("partners", "0009_retention")]

    operations = [
        migrations.RunSQL(*pair) for pair in [PROPOSAL, STEPS, CAN_SEE_UNIT, UNIT, REVIEW, REMINDER, KINDS, SIGNED]
    ]
