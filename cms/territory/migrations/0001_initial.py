import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AseAuthority",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conseil_departemental", "conseil départemental"),
                            ("metropole", "métropole"),
                            ("ville_de_paris", "Ville de Paris"),
                            ("collectivite_europeenne", "collectivité européenne"),
                            ("statut_particulier", "collectivité à statut particulier"),
                            ("collectivite_unique", "collectivité territoriale unique"),
                            ("departement_region", "département-région"),
                        ],
                        max_length=25,
                        verbose_name="nature",
                    ),
                ),
                ("active_from", models.DateField(blank=True, null=True, verbose_name="compétente depuis le")),
                ("active_to", models.DateField(blank=True, null=True, verbose_name="compétente jusqu’au")),
            ],
            options={
                "verbose_name": "autorité chargée de l’ASE",
                "verbose_name_plural": "autorités chargées de l’ASE",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="nom")),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("metro", "métropole"),
                            ("drom", "département d’outre-mer"),
                            ("com", "collectivité d’outre-mer"),
                        ],
                        max_length=5,
                        verbose_name="zone",
                    ),
                ),
            ],
            options={
                "verbose_name": "région",
                "verbose_name_plural": "régions",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="nom")),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("metro", "métropole"),
                            ("drom", "département d’outre-mer"),
                            ("com", "collectivité d’outre-mer"),
                        ],
                        max_length=5,
                        verbose_name="zone",
                    ),
                ),
                ("lat", models.FloatField(verbose_name="latitude")),
                ("lon", models.FloatField(verbose_name="longitude")),
                (
                    "neighbours",
                    models.ManyToManyField(blank=True, to="territory.territory", verbose_name="territoires voisins"),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="territories",
                        to="territory.region",
                        verbose_name="région",
                    ),
                ),
            ],
            options={
                "verbose_name": "territoire",
                "verbose_name_plural": "territoires",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("region__isnull", True), ("zone", "com")),
                            models.Q(models.Q(("zone", "com"), _negated=True), ("region__isnull", False)),
                            _connector="OR",
                        ),
                        name="territory_region_unless_com",
                        violation_error_message="Un département appartient à une région ; une collectivité à aucune.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                        name="territory_point_on_earth",
                        violation_error_message="La latitude ou la longitude sort des limites du globe.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AseCoverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "portion",
                    models.CharField(
                        choices=[("entier", "en entier"), ("partiel", "en partie")],
                        default="entier",
                        max_length=7,
                        verbose_name="portion",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverages",
                        to="territory.aseauthority",
                        verbose_name="autorité",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "territoire d’une autorité",
                "verbose_name_plural": "territoires des autorités",
                "ordering": ["territory_id", "authority_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "territory"),
                        name="ase_coverage_once",
                        violation_error_message="Cette autorité couvre déjà ce territoire.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("portion", "entier")),
                        fields=("territory",),
                        name="ase_coverage_one_whole",
                        violation_error_message="Ce territoire relève déjà en entier d’une autre autorité.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="aseauthority",
            name="territories",
            field=models.ManyToManyField(
                related_name="ase_authorities",
                through="territory.AseCoverage",
                to="territory.territory",
                verbose_name="territoires",
            ),
        ),
        migrations.CreateModel(
            name="AseAuthorityName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="nom")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="porté depuis le")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="porté jusqu’au")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="territory.aseauthority",
                        verbose_name="autorité",
                    ),
                ),
            ],
            options={
                "verbose_name": "nom d’une autorité",
                "verbose_name_plural": "noms des autorités",
                "ordering": ["authority_id", models.OrderBy(models.F("valid_from"), nulls_first=True)],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="ase_name_dates_in_order",
                        violation_error_message="La fin de validité ne peut pas précéder son début.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("authority",),
                        name="ase_name_one_open_start",
                        violation_error_message="Cette autorité a déjà un premier nom sans date de début.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("authority",),
                        name="ase_name_one_open_end",
                        violation_error_message="Cette autorité a déjà un nom en cours : fermez-le d’abord.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="aseauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("active_to__isnull", True),
                    ("active_from__isnull", True),
                    ("active_to__gte", models.F("active_from")),
                    _connector="OR",
                ),
                name="ase_authority_dates_in_order",
                violation_error_message="La fin de compétence ne peut pas précéder son début.",
            ),
        ),
    ]
