"""Plans and their axes in /gestion/; programmes are read there, and changed by their coordinators."""

from django.contrib import admin

from vivier.programmes.models import Axis, Plan, Programme


class AxisInline(admin.TabularInline):
    model = Axis
    extra = 1
    ordering = ("position", "pk")


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ("name", "organisation", "region", "adopted")
    list_select_related = ("organisation", "region")
    search_fields = ("name", "organisation__name")
    ordering = ("name", "pk")
    autocomplete_fields = ("organisation",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AxisInline,)


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    list_display = ("name", "controller", "axis", "season")
    list_select_related = ("controller", "axis__plan")
    search_fields = ("name", "controller__name")
    ordering = ("name", "pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
