from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0004_wall"),
    ]

    operations = [
        migrations.AddField(
            model_name="sending",
            name="refused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="refusé par la messagerie le"),
        ),
    ]
