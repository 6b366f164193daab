"""The shelter before a journey and the one noted until a place is found are chosen in one list."""

import django.db.models.deletion
from django.db import migrations, models

import cms.values.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_reseal_wall"),
        ("values", "0002_wall"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="journey", name="journey_shelter_list"),
        migrations.AlterField(
            model_name="journey",
            name="shelter",
            field=cms.values.fields.ValueField(
                blank=True,
                limit_choices_to={"list": "abri_provisoire"},
                list_code="abri_provisoire",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="values.value",
                verbose_name="abri en attendant",
            ),
        ),
        migrations.AddConstraint(
            model_name="journey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shelter__in_list", "abri_provisoire"), ("shelter__isnull", True), _connector="OR"
                ),
                name="journey_shelter_list",
                violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
            ),
        ),
    ]
