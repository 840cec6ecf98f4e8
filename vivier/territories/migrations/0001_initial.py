import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

import vivier.territories.models

#: A name as it is searched and sorted. `unaccent` is only STABLE, because a dictionary may be replaced: naming the
#: dictionary and its schema is what makes this promise of IMMUTABLE true enough for a generated column.
SEARCH_KEY = r"""
CREATE FUNCTION territories_search_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(
        btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '[^0-9a-z]+', ' ', 'g')),
        '\msaint(e|s|es)?\M', 'st\1', 'g')
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(SEARCH_KEY, reverse_sql="DROP FUNCTION territories_search_key(text)"),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="nom")),
                ("latitude", models.FloatField(null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(null=True, verbose_name="longitude")),
                (
                    "qpv_coverage",
                    models.CharField(
                        choices=[("unknown", "inconnue"), ("partial", "partielle"), ("complete", "complète")],
                        default="unknown",
                        max_length=10,
                        verbose_name="couverture des QPV",
                    ),
                ),
                (
                    "qpv_coverage_source",
                    models.CharField(blank=True, max_length=200, verbose_name="source de la couverture"),
                ),
                ("qpv_coverage_on", models.DateField(null=True, verbose_name="date de la couverture")),
            ],
            options={
                "verbose_name": "département",
            },
        ),
        migrations.CreateModel(
            name="EmploymentArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
            ],
            options={
                "verbose_name": "zone d’emploi",
                "verbose_name_plural": "zones d’emploi",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",),
                        name="employment_area_code_once",
                        violation_error_message="Ce code existe déjà.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LabourPool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
            ],
            options={
                "verbose_name": "bassin de France Travail",
                "verbose_name_plural": "bassins de France Travail",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",), name="labour_pool_code_once", violation_error_message="Ce code existe déjà."
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commune",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, verbose_name="code INSEE")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=vivier.territories.models.SearchKey(models.F("name")),
                        output_field=models.TextField(),
                    ),
                ),
                ("population", models.PositiveIntegerField(null=True, verbose_name="population")),
                (
                    "density_class",
                    models.CharField(
                        choices=[
                            ("large_centre", "grand centre urbain"),
                            ("intermediate_centre", "centre urbain intermédiaire"),
                            ("urban_belt", "ceinture urbaine"),
                            ("small_town", "petite ville"),
                            ("rural_town", "bourg rural"),
                            ("scattered", "rural à habitat dispersé"),
                            ("very_scattered", "rural à habitat très dispersé"),
                        ],
                        max_length=20,
                        null=True,
                        verbose_name="classe de densité",
                    ),
                ),
                ("latitude", models.FloatField(null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(null=True, verbose_name="longitude")),
                ("is_current", models.BooleanField(default=True, verbose_name="existe aujourd’hui")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="territories.commune",
                        verbose_name="commune de rattachement",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territories.department",
                        verbose_name="département",
                    ),
                ),
                (
                    "employment_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territories.employmentarea",
                        verbose_name="zone d’emploi",
                    ),
                ),
                (
                    "labour_pool",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territories.labourpool",
                        verbose_name="bassin de France Travail",
                    ),
                ),
            ],
            options={
                "verbose_name": "commune",
            },
        ),
        migrations.CreateModel(
            name="PostalCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, verbose_name="code postal")),
                ("label", models.CharField(blank=True, max_length=100, verbose_name="libellé d’acheminement")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postal_codes",
                        to="territories.commune",
                        verbose_name="commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "code postal",
                "verbose_name_plural": "codes postaux",
            },
        ),
        migrations.CreateModel(
            name="PriorityNeighbourhood",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, verbose_name="code")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="nom")),
                (
                    "outline",
                    models.JSONField(
                        help_text="géométrie GeoJSON telle que publiée, en degrés WGS 84",
                        null=True,
                        verbose_name="contour",
                    ),
                ),
                ("latitude", models.FloatField(null=True, verbose_name="latitude du centre")),
                ("longitude", models.FloatField(null=True, verbose_name="longitude du centre")),
                ("south", models.FloatField(null=True, verbose_name="latitude la plus basse")),
                ("west", models.FloatField(null=True, verbose_name="longitude la plus basse")),
                ("north", models.FloatField(null=True, verbose_name="latitude la plus haute")),
                ("east", models.FloatField(null=True, verbose_name="longitude la plus haute")),
                (
                    "communes",
                    models.ManyToManyField(
                        related_name="priority_neighbourhoods", to="territories.commune", verbose_name="communes"
                    ),
                ),
            ],
            options={
                "verbose_name": "quartier prioritaire (QPV)",
                "verbose_name_plural": "quartiers prioritaires (QPV)",
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="nom")),
                ("latitude", models.FloatField(null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(null=True, verbose_name="longitude")),
            ],
            options={
                "verbose_name": "région",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",), name="region_code_once", violation_error_message="Ce code existe déjà."
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="region_point_on_earth",
                        violation_error_message="La latitude va de -90 à 90, la longitude de -180 à 180 ; les deux vont ensemble.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="department",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="departments",
                to="territories.region",
                verbose_name="région",
            ),
        ),
        migrations.CreateModel(
            name="CommuneAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="vide si seul l’ancien code est connu",
                        max_length=120,
                        verbose_name="ancien nom",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=5, verbose_name="ancien code INSEE")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=vivier.territories.models.SearchKey(models.F("name")),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="territories.commune",
                        verbose_name="commune actuelle",
                    ),
                ),
            ],
            options={
                "verbose_name": "ancienne commune",
                "verbose_name_plural": "anciennes communes",
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="commune_alias_by_prefix",
                    ),
                    models.Index(fields=["code"], name="commune_alias_by_code"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "code", "name"),
                        name="commune_alias_once",
                        violation_error_message="Cet ancien nom est déjà rattaché à cette commune.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="commune",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"), name="commune_by_prefix"
            ),
        ),
        migrations.AddConstraint(
            model_name="commune",
            constraint=models.UniqueConstraint(
                fields=("code",), name="commune_code_once", violation_error_message="Ce code INSEE existe."
            ),
        ),
        migrations.AddConstraint(
            model_name="commune",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (-90, 90)),
                        ("longitude__isnull", False),
                        ("longitude__range", (-180, 180)),
                    ),
                    _connector="OR",
                ),
                name="commune_point_on_earth",
                violation_error_message="La latitude va de -90 à 90, la longitude de -180 à 180 ; les deux vont ensemble.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commune",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_current", True), ("parent__isnull", False), _connector="OR"),
                name="commune_former_has_successor",
                violation_error_message="Une ancienne commune indique la commune actuelle.",
            ),
        ),
        migrations.AddIndex(
            model_name="postalcode",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("code", name="varchar_pattern_ops"),
                name="postal_code_by_prefix",
            ),
        ),
        migrations.AddConstraint(
            model_name="postalcode",
            constraint=models.UniqueConstraint(
                fields=("commune", "code"),
                name="postal_code_once_per_commune",
                violation_error_message="Cette commune a déjà ce code postal.",
            ),
        ),
        migrations.AddIndex(
            model_name="priorityneighbourhood",
            index=models.Index(fields=["south", "north"], name="priority_neighbourhood_by_box"),
        ),
        migrations.AddConstraint(
            model_name="priorityneighbourhood",
            constraint=models.UniqueConstraint(
                fields=("code",),
                name="priority_neighbourhood_code_once",
                violation_error_message="Ce code existe déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityneighbourhood",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (-90, 90)),
                        ("longitude__isnull", False),
                        ("longitude__range", (-180, 180)),
                    ),
                    _connector="OR",
                ),
                name="priority_neighbourhood_point_on_earth",
                violation_error_message="La latitude va de -90 à 90, la longitude de -180 à 180 ; les deux vont ensemble.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityneighbourhood",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("east__isnull", True),
                        ("north__isnull", True),
                        ("outline__isnull", True),
                        ("south__isnull", True),
                        ("west__isnull", True),
                    ),
                    models.Q(
                        ("east__isnull", False),
                        ("north__isnull", False),
                        ("outline__isnull", False),
                        ("south__isnull", False),
                        ("south__lte", models.F("north")),
                        ("west__isnull", False),
                        ("west__lte", models.F("east")),
                    ),
                    _connector="OR",
                ),
                name="priority_neighbourhood_box_with_outline",
                violation_error_message="Un contour a sa boîte englobante, et l’une ne va pas sans l’autre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.UniqueConstraint(
                fields=("code",), name="department_code_once", violation_error_message="Ce code existe déjà."
            ),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (-90, 90)),
                        ("longitude__isnull", False),
                        ("longitude__range", (-180, 180)),
                    ),
                    _connector="OR",
                ),
                name="department_point_on_earth",
                violation_error_message="La latitude va de -90 à 90, la longitude de -180 à 180 ; les deux vont ensemble.",
            ),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("qpv_coverage", "complete"), _negated=True),
                    models.Q(("qpv_coverage_on__isnull", False), models.Q(("qpv_coverage_source", ""), _negated=True)),
                    _connector="OR",
                ),
                name="department_complete_coverage_has_source",
                violation_error_message="Une couverture complète des QPV indique sa source et sa date.",
            ),
        ),
    ]
