"""What the security tests know of every model: whether its rows are about people, and where their structure is."""

from django.apps import apps
from django.db.models import Model

from vivier.organisations.models import Organisation

#: Models whose rows are not about anybody whom a structure follows, and why each may be read without a controller.
PUBLIC = {
    "accounts.User": "an account is its person's own; structures see members through Membership",
    "common.AuditEntry": "names a structure by number and no person served; read through the journal page",
    "common.HandedOver": "the number of a job and an hour",
    "common.RateCount": "keyed hashes without meaning outside the limits",
    "organisations.Organisation": "a structure is the controller itself, and public",
    "programmes.Axis": "a published policy",
    "programmes.Plan": "a published policy",
    "programmes.Site": "the public cities of a programme",
    "territories.Commune": "public referential",
    "territories.CommuneAlias": "public referential",
    "territories.Department": "public referential",
    "territories.EmploymentArea": "public referential",
    "territories.LabourPool": "public referential",
    "territories.PostalCode": "public referential",
    "territories.PriorityNeighbourhood": "public referential",
    "territories.Region": "public referential",
    "steering.Charter": "a published text",
    "steering.CharterVersion": "a published text",
    "steering.Wave": "who signed a published text, and when",
    "steering.Signature": "who signed a published text, and when",
    "steering.Pledge": "what a structure promised in public; no row is about a person",
    "steering.PartnerAction": "what a structure announces to all partners; no row is about a person",
    "mentoring.MatchingPolicy": "numbers of a programme's rules, published on request; no row is about a person",
}

#: Columns that say who somebody is.
IDENTITY = frozenset(
    "first_name last_name name email phone birth_date sort_name address guardian_first_name guardian_last_name "
    "guardian_email guardian_phone full_name".split()
)


def rooms_models() -> list[type[Model]]:
    """Return the models of vivier.*, the rows of history and the tables made for many-to-many fields apart."""
    return [model for model in _ours() if not is_history(model)]


def history_models() -> list[type[Model]]:
    """Return the models of history rows (pghistory)."""
    return [model for model in _ours() if is_history(model)]


def _ours() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=False)
        if model.__module__.startswith("vivier.") and model._meta.managed and not model._meta.proxy
    ]


def is_history(model: type[Model]) -> bool:
    """Tell whether rows of the model are history of another."""
    return hasattr(model, "pgh_tracked_model")


def path_to_controller(model: type[Model]) -> list:
    """Return the fields that `visibility.controller` crosses, from the model to Organisation."""
    fields, at = [], model
    for step in model.visibility.controller.split("__"):
        field = at._meta.get_field(step)
        fields.append(field)
        at = field.related_model
    assert at is Organisation, f"{model._meta.label}: {model.visibility.controller} leads to {at}"
    return fields
