"""Public referentials of places: regions, departments, areas, communes and priority neighbourhoods.

Nothing here is personal, so nothing here has a controller. Codes are those of INSEE, La Poste, France Travail and ANCT.
"""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Func, Q


class SearchKey(Func):
    """A name as it is searched and sorted: the IMMUTABLE SQL function of migration 0001 (see `text.search_key`)."""

    function = "territories_search_key"
    arity = 1


def _search_column() -> models.GeneratedField:
    return models.GeneratedField(expression=SearchKey(F("name")), output_field=models.TextField(), db_persist=True)


def _on_earth(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_point_on_earth",
        # A comparison with NULL is neither true nor false, and a check lets it pass: both are asked to be there.
        condition=Q(latitude__isnull=True, longitude__isnull=True)
        | Q(
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__range=(-90, 90),
            longitude__range=(-180, 180),
        ),
        violation_error_message="La latitude va de -90 à 90, la longitude de -180 à 180 ; les deux vont ensemble.",
    )


class Region(models.Model):
    """A region, or an overseas collectivity that plays its part."""

    code = models.CharField("code", max_length=3)
    name = models.CharField("nom", max_length=100)
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)

    class Meta:
        verbose_name = "région"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="region_code_once", violation_error_message="Ce code existe déjà."
            ),
            _on_earth("region"),
        ]

    def __str__(self):
        return self.name


class QpvCoverage(models.TextChoices):
    """Whether every priority neighbourhood of a department is known here; only `complete` allows to answer "no"."""

    UNKNOWN = "unknown", "inconnue"
    PARTIAL = "partial", "partielle"
    COMPLETE = "complete", "complète"


class Department(models.Model):
    """A department, with its centroid: where a commune without a point is placed."""

    code = models.CharField("code", max_length=3)
    name = models.CharField("nom", max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name="région")
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)
    qpv_coverage = models.CharField(
        "couverture des QPV", max_length=10, choices=QpvCoverage, default=QpvCoverage.UNKNOWN
    )
    qpv_coverage_source = models.CharField("source de la couverture", max_length=200, blank=True)
    qpv_coverage_on = models.DateField("date de la couverture", null=True)

    class Meta:
        verbose_name = "département"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="department_code_once", violation_error_message="Ce code existe déjà."
            ),
            _on_earth("department"),
            models.CheckConstraint(
                name="department_complete_coverage_has_source",
                condition=~Q(qpv_coverage=QpvCoverage.COMPLETE)
                | (Q(qpv_coverage_on__isnull=False) & ~Q(qpv_coverage_source="")),
                violation_error_message="Une couverture complète des QPV indique sa source et sa date.",
            ),
        ]

    def __str__(self):
        return self.name


class EmploymentArea(models.Model):
    """An employment area of INSEE (zone d’emploi 2020); never a labour pool."""

    code = models.CharField("code", max_length=4)
    name = models.CharField("nom", max_length=120)

    class Meta:
        verbose_name = "zone d’emploi"
        verbose_name_plural = "zones d’emploi"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="employment_area_code_once", violation_error_message="Ce code existe déjà."
            ),
        ]

    def __str__(self):
        return self.name


class LabourPool(models.Model):
    """A labour pool of France Travail (bassin d’emploi); never an employment area of INSEE."""

    code = models.CharField("code", max_length=5)
    name = models.CharField("nom", max_length=120)

    class Meta:
        verbose_name = "bassin de France Travail"
        verbose_name_plural = "bassins de France Travail"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="labour_pool_code_once", violation_error_message="Ce code existe déjà."
            ),
        ]

    def __str__(self):
        return self.name


class DensityClass(models.TextChoices):
    """The seven classes of INSEE’s density grid."""

    LARGE_CENTRE = "large_centre", "grand centre urbain"
    INTERMEDIATE_CENTRE = "intermediate_centre", "centre urbain intermédiaire"
    URBAN_BELT = "urban_belt", "ceinture urbaine"
    SMALL_TOWN = "small_town", "petite ville"
    RURAL_TOWN = "rural_town", "bourg rural"
    SCATTERED = "scattered", "rural à habitat dispersé"
    VERY_SCATTERED = "very_scattered", "rural à habitat très dispersé"


#: INSEE’s rural space: the three sparsest classes of the grid.
RURAL_CLASSES = frozenset({DensityClass.RURAL_TOWN, DensityClass.SCATTERED, DensityClass.VERY_SCATTERED})


class Commune(models.Model):
    """A commune or a municipal arrondissement (Paris, Lyon, Marseille: `parent` is then the whole city).

    A commune merged since keeps its row, `is_current` false and `parent` the present commune, so that nothing that
    points at it is lost.
    """

    code = models.CharField("code INSEE", max_length=5)
    name = models.CharField("nom", max_length=120)
    search = _search_column()
    department = models.ForeignKey(Department, models.PROTECT, related_name="communes", verbose_name="département")
    employment_area = models.ForeignKey(
        EmploymentArea, models.PROTECT, null=True, related_name="communes", verbose_name="zone d’emploi"
    )
    labour_pool = models.ForeignKey(
        LabourPool, models.PROTECT, null=True, related_name="communes", verbose_name="bassin de France Travail"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="parts", verbose_name="commune de rattachement"
    )
    population = models.PositiveIntegerField("population", null=True)
    density_class = models.CharField("classe de densité", max_length=20, choices=DensityClass, null=True)
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)
    is_current = models.BooleanField("existe aujourd’hui", default=True)

    class Meta:
        verbose_name = "commune"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="commune_code_once", violation_error_message="Ce code INSEE existe."
            ),
            _on_earth("commune"),
            models.CheckConstraint(
                name="commune_former_has_successor",
                condition=Q(is_current=True) | Q(parent__isnull=False),
                violation_error_message="Une ancienne commune indique la commune actuelle.",
            ),
        ]
        indexes = [
            models.Index(OpClass("search", name="text_pattern_ops"), name="commune_by_prefix"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_rural(self) -> bool | None:
        """Tell whether INSEE counts the commune as rural; None where its density is unknown."""
        return self.density_class in RURAL_CLASSES if self.density_class else None


class PostalCode(models.Model):
    """A postal code of a commune; several communes may share one, and a commune may have several."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="postal_codes", verbose_name="commune")
    code = models.CharField("code postal", max_length=5)
    label = models.CharField("libellé d’acheminement", max_length=100, blank=True)

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "code"],
                name="postal_code_once_per_commune",
                violation_error_message="Cette commune a déjà ce code postal.",
            ),
        ]
        indexes = [models.Index(OpClass("code", name="varchar_pattern_ops"), name="postal_code_by_prefix")]

    def __str__(self):
        return self.code


class CommuneAlias(models.Model):
    """A former commune (delegated, associated or merged), or a locality of La Poste: an old name finds a commune."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="aliases", verbose_name="commune actuelle")
    name = models.CharField("ancien nom", max_length=120, blank=True, help_text="vide si seul l’ancien code est connu")
    code = models.CharField("ancien code INSEE", max_length=5, blank=True)
    search = _search_column()

    class Meta:
        verbose_name = "ancienne commune"
        verbose_name_plural = "anciennes communes"
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "code", "name"],
                name="commune_alias_once",
                violation_error_message="Cet ancien nom est déjà rattaché à cette commune.",
            ),
        ]
        indexes = [
            models.Index(OpClass("search", name="text_pattern_ops"), name="commune_alias_by_prefix"),
            models.Index(fields=["code"], name="commune_alias_by_code"),
        ]

    def __str__(self):
        return self.name or self.code


class PriorityNeighbourhood(models.Model):
    """A priority neighbourhood (QPV). `outline` is null where only the communes that hold it are known."""

    code = models.CharField("code", max_length=8)
    name = models.CharField("nom", max_length=200, blank=True)
    communes = models.ManyToManyField(Commune, related_name="priority_neighbourhoods", verbose_name="communes")
    outline = models.JSONField("contour", null=True, help_text="géométrie GeoJSON telle que publiée, en degrés WGS 84")
    latitude = models.FloatField("latitude du centre", null=True)
    longitude = models.FloatField("longitude du centre", null=True)
    south = models.FloatField("latitude la plus basse", null=True)
    west = models.FloatField("longitude la plus basse", null=True)
    north = models.FloatField("latitude la plus haute", null=True)
    east = models.FloatField("longitude la plus haute", null=True)

    class Meta:
        verbose_name = "quartier prioritaire (QPV)"
        verbose_name_plural = "quartiers prioritaires (QPV)"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="priority_neighbourhood_code_once", violation_error_message="Ce code existe déjà."
            ),
            _on_earth("priority_neighbourhood"),
            models.CheckConstraint(
                name="priority_neighbourhood_box_with_outline",
                condition=Q(
                    outline__isnull=True, south__isnull=True, west__isnull=True, north__isnull=True, east__isnull=True
                )
                | Q(
                    outline__isnull=False,
                    south__isnull=False,
                    west__isnull=False,
                    south__lte=F("north"),
                    west__lte=F("east"),
                    north__isnull=False,
                    east__isnull=False,
                ),
                violation_error_message="Un contour a sa boîte englobante, et l’une ne va pas sans l’autre.",
            ),
        ]
        indexes = [models.Index(fields=["south", "north"], name="priority_neighbourhood_by_box")]

    def __str__(self):
        return self.name or self.code
