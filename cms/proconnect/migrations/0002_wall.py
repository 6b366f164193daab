"""Row security of requests for an account, and of the links that let somebody in.

A link is looked up before anybody is signed in, and says nothing but an opaque name: all may read it. Writing one
opens an account, so it is written by its holder or by whoever opens accounts, and never moves.
"""

from django.db import migrations

from cms.access.wall import definer, policies

MANAGES = "(SELECT scope_manages_cases())"
FIRST_SIGN_IN = "(SELECT scope_system()) = 'proconnect'"

CAN_SEE = definer(
    "can_see_account_request(request uuid)",
    "boolean",
    "SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM proconnect_accountrequest r WHERE r.id = $1)",
)
REQUEST = policies(
    "proconnect_accountrequest",
    select=f"{MANAGES} OR {FIRST_SIGN_IN}",
    insert=f"{FIRST_SIGN_IN} AND state = 'pending'",
    update=f"{MANAGES} OR {FIRST_SIGN_IN}",
)
LINK = policies(
    "socialaccount_socialaccount",
    select="true",
    insert=f"user_id = (SELECT scope_user_id()) OR {MANAGES}",
    update="true",
)
UNMOVED = (
    """
CREATE FUNCTION proconnect_link_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.user_id, NEW.provider, NEW.uid) IS DISTINCT FROM (OLD.user_id, OLD.provider, OLD.uid) THEN
    RAISE EXCEPTION 'a link never moves to another account' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proconnect_link_stays BEFORE UPDATE ON socialaccount_socialaccount
  FOR EACH ROW EXECUTE FUNCTION proconnect_link_stays();
""",
    """
DROP TRIGGER proconnect_link_stays ON socialaccount_socialaccount;
DROP FUNCTION proconnect_link_stays();
""",
)
KIND = (
    "SELECT journal_kind_register('account_request', 'proconnect_accountrequest')",
    "DELETE FROM journal_kind WHERE kind = 'account_request'",
)


class Migration(migrations.Migration):
    dependencies = [
        ("proconnect", "0001_initial"),
        ("access", "0002_scope"),
        ("journal", "0002_functions"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [migrations.RunSQL(*pair) for pair in [CAN_SEE, REQUEST, LINK, UNMOVED, KIND]]
