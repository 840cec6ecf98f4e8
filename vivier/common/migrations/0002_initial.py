import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("common", "0001_sort_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.CharField(max_length=64)),
                ("action", models.CharField(max_length=40)),
                ("window", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "compteur",
                "constraints": [
                    models.UniqueConstraint(fields=("device", "action", "window"), name="rate_count_once_per_window")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=60)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "controller_id",
                    models.BigIntegerField(help_text="organisation concernée, sans contrainte vers le haut", null=True),
                ),
                ("about", models.CharField(blank=True, help_text="modèle et clé, jamais un nom", max_length=120)),
                ("count", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "trace",
                "indexes": [models.Index(fields=["controller_id", "-at"], name="audit_by_controller")],
            },
        ),
    ]
