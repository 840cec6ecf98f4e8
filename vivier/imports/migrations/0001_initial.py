import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_merged"),
        ("programmes", "0001_merged"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadingChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "controller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("registrants", "inscrites et inscrits"), ("mentors", "marraines et mentors")],
                        max_length=12,
                    ),
                ),
                ("heading", models.CharField(max_length=200, verbose_name="intitulé, plié")),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="champ, ou vide pour ignorer")),
            ],
            options={
                "verbose_name": "intitulé reconnu",
                "constraints": [
                    models.UniqueConstraint(fields=("controller", "kind", "heading"), name="heading_choice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people_files",
                        to="programmes.programme",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("registrants", "inscrites et inscrits"), ("mentors", "marraines et mentors")],
                        max_length=12,
                        verbose_name="contenu",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="nom du fichier")),
                ("content", models.BinaryField()),
                ("sheet", models.CharField(blank=True, max_length=255, verbose_name="feuille choisie")),
                ("uploaded_at", models.DateTimeField()),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("imported_at", models.DateTimeField(null=True)),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_count", models.PositiveIntegerField(default=0)),
                ("updated_count", models.PositiveIntegerField(default=0)),
                ("unchanged_count", models.PositiveIntegerField(default=0)),
                ("attested_on", models.DateField(null=True, verbose_name="attesté au")),
            ],
            options={
                "verbose_name": "fichier de personnes",
            },
        ),
    ]
