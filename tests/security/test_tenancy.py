"""Every personal row belongs to exactly one structure, and is read only through `visible_to`."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from tests.security.models import IDENTITY, PUBLIC, history_models, is_history, path_to_controller, rooms_models
from vivier.common.visibility import Visibility, VisibleQuerySet

PERSONAL = [model for model in rooms_models() if model._meta.label not in PUBLIC]


def label(model) -> str:
    return model._meta.label


def test_the_table_of_public_models_names_only_models_that_exist():
    assert set(PUBLIC) <= {label(model) for model in rooms_models()}


def test_what_has_a_controller_is_not_called_public():
    assert [label(model) for model in rooms_models() if label(model) in PUBLIC and hasattr(model, "visibility")] == []


@pytest.mark.parametrize("model", PERSONAL, ids=label)
def test_a_personal_model_says_who_may_read_it(model):
    assert isinstance(getattr(model, "visibility", None), Visibility), (
        f"{label(model)} : donnez-lui `visibility = Visibility(controller=…)`, ou une raison dans PUBLIC"
    )
    assert isinstance(model.objects.all(), VisibleQuerySet)


@pytest.mark.parametrize("model", PERSONAL, ids=label)
def test_a_personal_row_always_has_its_controller(model):
    for field in path_to_controller(model):
        assert isinstance(field, models.ForeignKey), f"{field} n’est pas une clé"
        assert not field.null, f"{field} peut être vide : la ligne n’aurait plus de structure"


#: Columns that name another structure on purpose, and why it reads nothing by them.
PARTNERS = {
    "steering.Answer.organisation": "the partner asked: it reads its own answers, through ANSWER_ASKS only",
    "steering.Grant.funder": "the funder receives a copy that hides small groups, and reads nothing here",
}


@pytest.mark.parametrize("model", PERSONAL, ids=label)
def test_only_one_column_of_a_model_names_a_controller(model):
    """A second path may cross the same parents, never reach another structure by a column of the row itself."""
    declared = model.visibility.controller.split("__")[0]
    direct = [
        field.name
        for field in model._meta.fields
        if _is_controller(field) and f"{label(model)}.{field.name}" not in PARTNERS
    ]
    assert direct == ([declared] if declared in direct else []), f"{label(model)} : {direct}"


def _is_controller(field) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model._meta.label == "organisations.Organisation"


@pytest.mark.parametrize("model", PERSONAL, ids=label)
def test_her_own_rows_lead_to_a_user(model):
    for path in model.visibility.own:
        at = model
        for step in path.split("__"):
            try:
                field = at._meta.get_field(step)
            except FieldDoesNotExist:  # a relation from the other side is known by its accessor
                field = next(relation for relation in at._meta.related_objects if relation.get_accessor_name() == step)
            at = field.related_model
        assert at is get_user_model(), f"{label(model)} : {path} mène à {at}"


@pytest.mark.parametrize("model", rooms_models(), ids=label)
def test_no_other_model_points_at_people_from_the_public_side(model):
    """What PUBLIC calls impersonal may not hold an identity column, accounts and structures excepted."""
    if label(model) not in PUBLIC or label(model) in {"accounts.User", "organisations.Organisation"}:
        return
    names = {"name"} if label(model).split(".")[0] in {"territories", "programmes", "steering"} else set()
    assert not {field.name for field in model._meta.fields} & (IDENTITY - names)


@pytest.mark.parametrize("model", history_models(), ids=label)
def test_history_keeps_no_identity(model):
    kept = {field.name for field in model._meta.fields} & IDENTITY
    allowed = {"name"} if model.pgh_tracked_model._meta.label in {"programmes.Programme"} else set()
    assert kept <= allowed, f"{label(model)} garde {kept - allowed} : excluez-les de pghistory.track"


@pytest.mark.parametrize("model", rooms_models(), ids=label)
def test_what_holds_an_identity_has_no_history(model):
    own = {field.name for field in model._meta.local_fields}
    if not own & {"first_name", "last_name", "birth_date"}:
        return
    assert not any(history.pgh_tracked_model is model for history in history_models())


@pytest.mark.parametrize("model", history_models(), ids=label)
def test_history_keeps_no_free_text(model):
    """Free text may name somebody; an erasure could not reach it there. Programmes and sessions speak of no one."""
    texts = [field.name for field in model._meta.fields if _is_free_text(field) and not field.name.startswith("pgh_")]
    assert not texts or model.pgh_tracked_model._meta.label in {"programmes.Programme", "workshops.Session"}, texts


def _is_free_text(field) -> bool:
    long = isinstance(field, models.CharField) and (field.max_length or 1000) >= 80 and not field.choices
    return isinstance(field, models.TextField) or long


@pytest.mark.parametrize("model", rooms_models(), ids=label)
def test_people_are_addressed_by_an_unguessable_name(model):
    """A model with a page of its own has a `public_id`; numbers tell how many there are and invite to try the next."""
    if hasattr(model, "public_id"):
        field = model._meta.get_field("public_id")
        assert field.unique
        assert isinstance(field, models.UUIDField)


#: `*_at` columns without `*_by`: the act has no actor, or is the row's own.
WITHOUT_ACTOR = {
    "accounts.User.joined_at": "an account opens itself or is opened by the operation that its history names",
    "organisations.Organisation.created_at": "opened by the platform; the journal says by whom",
    "workshops.Session.starts_at": "a date of the calendar, not an act",
    "workshops.Session.ends_at": "a date of the calendar, not an act",
    "workshops.SignUpDraft.expires_at": "a date of the calendar, not an act",
    "workshops.SignUpDraft.created_at": "a visitor writes it: nobody is signed in",
    "workshops.SignUpDraft.finished_at": "a visitor writes it: nobody is signed in",
    "mentoring.Onboarding.charter_signed_at": "the holder of a link signs it: nobody is signed in",
    "mentoring.Onboarding.trained_at": "the holder of a link follows it: nobody is signed in",
    "mentoring.Invitation.handed_over_at": "follows from answers and dates, as soon as all are there",
    "steering.Answer.sent_at": "sent with its ask, which says by whom",
    "steering.Contribution.named_at": "named by the partner's answer, which says by whom",
    "steering.Contribution.joined_at": "the holder of a link says it: nobody is signed in",
    "steering.Contribution.declined_at": "the holder of a link says it: nobody is signed in",
    "people.GuardianClaim.created_at": "a visitor writes it: nobody is signed in",
    "people.Guardianship.created_at": "made with a sign-up or a file, which name who did it",
}


@pytest.mark.parametrize("model", rooms_models(), ids=label)
def test_who_goes_with_when(model):
    names = {field.name for field in model._meta.local_fields}
    for name in sorted(names):
        if name.endswith("_at") and f"{label(model)}.{name}" not in WITHOUT_ACTOR:
            assert f"{name[:-3]}_by" in names, f"{label(model)}.{name} n’a pas de {name[:-3]}_by"
        if name.endswith("_by"):
            assert f"{name[:-3]}_at" in names, f"{label(model)}.{name} n’a pas de {name[:-3]}_at"
            assert model._meta.get_field(name).remote_field.on_delete is models.PROTECT


def test_the_exceptions_exist():
    for path in WITHOUT_ACTOR:
        app, model, field = path.split(".")
        assert any(label(found) == f"{app}.{model}" and found._meta.get_field(field) for found in rooms_models()), path


def test_no_generic_foreign_key_and_no_default_order():
    for model in rooms_models():
        assert not model._meta.private_fields, label(model)
        assert not model._meta.ordering, label(model)
        assert not is_history(model)
