import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cms.values.fields
import cms.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_guard"),
        ("partners", "0002_initial"),
        ("territory", "0001_initial"),
        ("values", "0002_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # They read a column that goes; the next migration writes them again.
        migrations.RunSQL(
            "DROP POLICY IF EXISTS insert_rows ON cases_linkingagreement;"
            "DROP POLICY IF EXISTS insert_rows ON cases_payeragreement;",
            migrations.RunSQL.noop,
        ),
        migrations.AlterModelOptions(
            name="linkingagreement",
            options={
                "ordering": ["answered_at"],
                "verbose_name": "accord de mise en lien",
                "verbose_name_plural": "accords de mise en lien",
            },
        ),
        migrations.AlterModelOptions(
            name="payeragreement",
            options={
                "ordering": ["answered_at"],
                "verbose_name": "accord de l’autorité qui paie",
                "verbose_name_plural": "accords des autorités qui paient",
            },
        ),
        migrations.RemoveConstraint(
            model_name="linkingagreement",
            name="linkingagreement_once",
        ),
        migrations.RemoveConstraint(
            model_name="payeragreement",
            name="payeragreement_once",
        ),
        migrations.RemoveField(
            model_name="case",
            name="payer",
        ),
        migrations.RemoveField(
            model_name="linkingagreement",
            name="agreed_on",
        ),
        migrations.RemoveField(
            model_name="linkingagreement",
            name="is_on_paper",
        ),
        migrations.RemoveField(
            model_name="payeragreement",
            name="agreed_on",
        ),
        migrations.RemoveField(
            model_name="payeragreement",
            name="is_on_paper",
        ),
        migrations.AddField(
            model_name="legalframe",
            name="court",
            field=cms.vault.fields.SealedTextField(
                blank=True, max_length=200, null=True, verbose_name="juridiction ou département"
            ),
        ),
        migrations.AddField(
            model_name="legalframe",
            name="decider",
            field=cms.values.fields.ValueField(
                blank=True,
                limit_choices_to={"list": "decideur"},
                list_code="decideur",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="values.value",
                verbose_name="qui a décidé",
            ),
        ),
        migrations.AddField(
            model_name="legalframe",
            name="document_id",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="décision jointe"),
        ),
        migrations.AddField(
            model_name="legalframe",
            name="number",
            field=cms.vault.fields.SealedTextField(
                blank=True, max_length=80, null=True, verbose_name="numéro de la décision"
            ),
        ),
        migrations.AddField(
            model_name="linking",
            name="guardian",
            field=models.ForeignKey(
                blank=True,
                help_text="Le service à qui le mineur est confié, qui signe la convention.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.partner",
                verbose_name="service gardien",
            ),
        ),
        migrations.AddField(
            model_name="linkingagreement",
            name="answered_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="répondu le"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="linkingagreement",
            name="reply",
            field=models.CharField(
                choices=[("agreed", "accord"), ("refused", "refus"), ("later", "répondra plus tard")],
                default="agreed",
                max_length=8,
                verbose_name="réponse",
            ),
        ),
        migrations.AddField(
            model_name="linkingagreement",
            name="said_by",
            field=cms.vault.fields.SealedTextField(blank=True, max_length=200, verbose_name="qui a répondu"),
        ),
        migrations.AddField(
            model_name="linkingagreement",
            name="way",
            field=models.CharField(
                choices=[
                    ("online", "en ligne"),
                    ("phone", "par téléphone"),
                    ("mail", "par courriel"),
                    ("paper", "sur papier"),
                ],
                default="online",
                max_length=8,
                verbose_name="comment",
            ),
        ),
        migrations.AddField(
            model_name="linkingagreement",
            name="words",
            field=cms.vault.fields.SealedTextField(blank=True, verbose_name="ce qui a été dit"),
        ),
        migrations.AddField(
            model_name="linkingcheck",
            name="words",
            field=cms.vault.fields.SealedTextField(default="", verbose_name="consigne"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="payeragreement",
            name="answered_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="répondu le"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="payeragreement",
            name="reply",
            field=models.CharField(
                choices=[("agreed", "accord"), ("refused", "refus"), ("later", "répondra plus tard")],
                default="agreed",
                max_length=8,
                verbose_name="réponse",
            ),
        ),
        migrations.AddField(
            model_name="payeragreement",
            name="said_by",
            field=cms.vault.fields.SealedTextField(blank=True, max_length=200, verbose_name="qui a répondu"),
        ),
        migrations.AddField(
            model_name="payeragreement",
            name="way",
            field=models.CharField(
                choices=[
                    ("online", "en ligne"),
                    ("phone", "par téléphone"),
                    ("mail", "par courriel"),
                    ("paper", "sur papier"),
                ],
                default="online",
                max_length=8,
                verbose_name="comment",
            ),
        ),
        migrations.AddField(
            model_name="payeragreement",
            name="words",
            field=cms.vault.fields.SealedTextField(blank=True, verbose_name="ce qui a été dit"),
        ),
        migrations.AlterField(
            model_name="circuitstep",
            name="owner",
            field=models.CharField(
                choices=[
                    ("requester", "service gardien"),
                    ("structure", "structure"),
                    ("network", "coordination du réseau"),
                ],
                max_length=10,
                verbose_name="responsable",
            ),
        ),
        migrations.AlterField(
            model_name="linkingagreement",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="donné ou noté par",
            ),
        ),
        migrations.AlterField(
            model_name="linkingagreement",
            name="party",
            field=models.CharField(
                choices=[
                    ("requester", "service gardien"),
                    ("structure", "structure"),
                    ("network", "coordination du réseau"),
                ],
                max_length=10,
                verbose_name="partie",
            ),
        ),
        migrations.AlterField(
            model_name="payeragreement",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="donné ou noté par",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalframe",
            constraint=models.CheckConstraint(
                condition=models.Q(("decider__in_list", "decideur"), ("decider__isnull", True), _connector="OR"),
                name="legalframe_decider_list",
                violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalframe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("court__isnull", True), ("decider", None), ("document_id", None), ("number__isnull", True)
                    ),
                    models.Q(("court__isnull", False), ("decider__isnull", False), ("number__isnull", False)),
                    models.Q(("court__isnull", False), ("decider__isnull", False), ("document_id__isnull", False)),
                    _connector="OR",
                ),
                name="legalframe_decision_whole",
                violation_error_message="Une décision dit qui l’a prise, où, et porte un numéro ou le document.",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkingagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reply", "agreed")),
                fields=("linking", "party"),
                name="linkingagreement_once",
                violation_error_message="Cet accord est déjà donné.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payeragreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reply", "agreed")),
                fields=("linking", "payer", "daily_price_cents", "ends_on"),
                name="payeragreement_once",
                nulls_distinct=False,
                violation_error_message="Cet accord financier est déjà validé.",
            ),
        ),
    ]
