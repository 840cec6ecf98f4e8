"""What a role may be allowed to do. Tables of roles live in vivier.organisations.permissions."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a person may do inside an organisation."""

    VIEW_PEOPLE = "view_people"
    MANAGE_PEOPLE = "manage_people"
    EXPORT_PEOPLE = "export_people"
    IMPORT_PEOPLE = "import_people"
    MANAGE_PROGRAMMES = "manage_programmes"
    MANAGE_SESSIONS = "manage_sessions"
    RUN_MATCHING = "run_matching"
    MANAGE_MEMBERS = "manage_members"
    VIEW_AGGREGATES = "view_aggregates"
    #: Ask partners for what a programme lacks.
    ASK_PARTNERS = "ask_partners"
    #: Answer, for a structure, what others ask of it.
    ANSWER_ASKS = "answer_asks"
    #: Decide, for the structure that holds a plan, which programmes are part of it.
    MANAGE_PLANS = "manage_plans"
