"""A token may be the key of a software, whose account stands apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0011_token_scopes"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="software_id",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="compte de logiciel"),
        ),
    ]
