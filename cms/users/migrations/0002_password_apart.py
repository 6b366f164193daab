"""No account bears what its password gives."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial"), ("access", "0014_hands")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("password", ""), ("password__startswith", "!"), ("password__endswith", "$"), _connector="OR"
                ),
                name="user_password_apart",
            ),
        ),
    ]
