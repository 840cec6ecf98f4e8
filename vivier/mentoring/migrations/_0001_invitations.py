"""Invitations, as 0001_merged makes them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="Invitation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            (
                "pair",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="invitation", to="mentoring.pair"
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("sent", "deux réponses attendues"),
                        ("mentee_yes", "oui de la personne accompagnée, l’autre réponse est attendue"),
                        ("mentor_yes", "oui de la marraine ou du mentor, l’autre réponse est attendue"),
                        ("confirmed", "confirmée des deux côtés"),
                        ("mentee_no", "déclinée par la personne accompagnée"),
                        ("mentor_no", "déclinée par la marraine ou le mentor"),
                        ("cancelled", "annulée"),
                    ],
                    default="sent",
                    max_length=12,
                    verbose_name="état",
                ),
            ),
            ("answer_before", models.DateField(verbose_name="réponse attendue avant le")),
            ("sent_at", models.DateTimeField()),
            (
                "sent_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("replied_at", models.DateTimeField(null=True, verbose_name="dernière réponse le")),
            (
                "replied_by",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("handed_over_at", models.DateTimeField(null=True, verbose_name="mise en relation le")),
        ],
        options={
            "verbose_name": "invitation",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("replied_at", None), ("state", "sent")),
                        models.Q(models.Q(("state", "sent"), _negated=True), ("replied_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="invitation_reply_is_dated",
                    violation_error_message="Une réponse est datée.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("handed_over_at", None), ("state", "confirmed"), _connector="OR"),
                    name="invitation_hand_over_is_confirmed",
                    violation_error_message="Une mise en relation suit deux oui.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="InvitationEvent",
        fields=[
            ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
            ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
            ("pgh_label", models.TextField(help_text="The event label.")),
            (
                "pgh_obj",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="mentoring.invitation",
                ),
            ),
            (
                "pgh_context",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="pghistory.context",
                ),
            ),
            ("id", models.BigIntegerField()),
            ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
            (
                "pair",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="mentoring.pair",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("sent", "deux réponses attendues"),
                        ("mentee_yes", "oui de la personne accompagnée, l’autre réponse est attendue"),
                        ("mentor_yes", "oui de la marraine ou du mentor, l’autre réponse est attendue"),
                        ("confirmed", "confirmée des deux côtés"),
                        ("mentee_no", "déclinée par la personne accompagnée"),
                        ("mentor_no", "déclinée par la marraine ou le mentor"),
                        ("cancelled", "annulée"),
                    ],
                    default="sent",
                    max_length=12,
                    verbose_name="état",
                ),
            ),
            ("answer_before", models.DateField(verbose_name="réponse attendue avant le")),
            ("sent_at", models.DateTimeField()),
            (
                "sent_by",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("replied_at", models.DateTimeField(null=True, verbose_name="dernière réponse le")),
            (
                "replied_by",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("handed_over_at", models.DateTimeField(null=True, verbose_name="mise en relation le")),
        ],
        options={
            "abstract": False,
        },
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="invitation",
        trigger=pgtrigger.compiler.Trigger(
            name="insert_insert",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                func='INSERT INTO "mentoring_invitationevent" ("answer_before", "handed_over_at", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "replied_at", "replied_by_id", "sent_at", "sent_by_id", "state") VALUES (NEW."answer_before", NEW."handed_over_at", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."replied_at", NEW."replied_by_id", NEW."sent_at", NEW."sent_by_id", NEW."state"); RETURN NULL;',
                hash="e9d6b9cef07904a96b7336496c905559eb5f1303",
                operation="INSERT",
                pgid="pgtrigger_insert_insert_7741b",
                table="mentoring_invitation",
                when="AFTER",
            ),
        ),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name="invitation",
        trigger=pgtrigger.compiler.Trigger(
            name="update_update",
            sql=pgtrigger.compiler.UpsertTriggerSql(
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                func='INSERT INTO "mentoring_invitationevent" ("answer_before", "handed_over_at", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "replied_at", "replied_by_id", "sent_at", "sent_by_id", "state") VALUES (NEW."answer_before", NEW."handed_over_at", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."replied_at", NEW."replied_by_id", NEW."sent_at", NEW."sent_by_id", NEW."state"); RETURN NULL;',
                hash="a0170b28254c5b127938c6ef3a17295b2cc282e2",
                operation="UPDATE",
                pgid="pgtrigger_update_update_00861",
                table="mentoring_invitation",
                when="AFTER",
            ),
        ),
    ),
]
