import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_delegate"),
    ]

    operations = [
        migrations.AddField(
            model_name="counter",
            name="secret",
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="secret de la série"),
        ),
        migrations.AlterField(
            model_name="counter",
            name="last",
            field=models.PositiveIntegerField(default=0, verbose_name="nombre de références"),
        ),
    ]
