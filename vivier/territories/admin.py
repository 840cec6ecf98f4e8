"""Places in /gestion/: read, as imported; only the coverage of priority neighbourhoods is decided by a person."""

from django import forms
from django.contrib import admin

from vivier.territories.models import Commune, Department, PriorityNeighbourhood, QpvCoverage, Region


class ImportedAdmin(admin.ModelAdmin):
    """Rows that come from official files: `vivier import territories` changes them, nobody by hand."""

    show_full_result_count = False
    ordering = ("code", "pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class CoverageForm(forms.ModelForm):
    """What is known of the priority neighbourhoods of a department, and from where."""

    class Meta:
        model = Department
        fields = ("qpv_coverage", "qpv_coverage_source", "qpv_coverage_on")

    def clean(self):
        data = super().clean()
        if data.get("qpv_coverage") == QpvCoverage.COMPLETE:
            for field in ("qpv_coverage_source", "qpv_coverage_on"):
                if not data.get(field):
                    self.add_error(field, "Une couverture complète indique sa source et sa date.")
        return data


@admin.register(Region)
class RegionAdmin(ImportedAdmin):
    list_display = ("code", "name")
    search_fields = ("code", "name")


@admin.register(Department)
class DepartmentAdmin(ImportedAdmin):
    form = CoverageForm
    fields = ("code", "name", "region", "qpv_coverage", "qpv_coverage_source", "qpv_coverage_on")
    readonly_fields = ("code", "name", "region")
    list_display = ("code", "name", "region", "qpv_coverage", "qpv_coverage_on")
    list_filter = ("qpv_coverage",)
    list_select_related = ("region",)
    search_fields = ("code", "name")

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser


@admin.register(Commune)
class CommuneAdmin(ImportedAdmin):
    list_display = ("code", "name", "department", "population", "density_class", "is_current")
    list_filter = ("density_class", "is_current")
    list_select_related = ("department",)
    search_fields = ("code", "name")


@admin.register(PriorityNeighbourhood)
class PriorityNeighbourhoodAdmin(ImportedAdmin):
    list_display = ("code", "name")
    search_fields = ("code", "name")
    exclude = ("outline",)
