"""Addresses of the room."""

from django.urls import path, register_converter

from vivier.mentoring.operations import FILES
from vivier.mentoring.views import exports, homes, invitations, mentors, pairs, rules, runs, wishes


class EngineFile:
    """The names of the engine's files, and no other."""

    regex = "|".join(name.replace(".", r"\.") for name in FILES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EngineFile, "engine_file")

app_name = "mentoring"
urlpatterns = [
    path("programmes/<slug:slug>/appariements/", runs.runs, name="runs"),
    path("programmes/<slug:slug>/appariements/lancer/", runs.launch, name="launch"),
    path("programmes/<slug:slug>/appariements/regles/", rules.rules, name="rules"),
    path("appariements/<uuid:public_id>/", runs.run, name="run"),
    path("appariements/<uuid:public_id>/accepter/", runs.accept_shown, name="accept_shown"),
    path("appariements/<uuid:public_id>/resultats.xlsx", exports.workbook, name="workbook"),
    path("appariements/<uuid:public_id>/resultats.csv", exports.results, name="results"),
    path("appariements/<uuid:public_id>/fichiers/<engine_file:name>", exports.engine_file, name="engine_file"),
    path("accompagnements/<uuid:public_id>/", pairs.pair, name="pair"),
    path("accompagnements/<uuid:public_id>/decider/", pairs.decide, name="decide"),
    path("accompagnements/<uuid:public_id>/inviter/", invitations.invite, name="invite"),
    path("accompagnements/<uuid:public_id>/reponse/", invitations.note_reply, name="note_reply"),
    path("programmes/<slug:slug>/invitations/", invitations.invite_all, name="invite_all"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("participations/<uuid:public_id>/marraine/", pairs.opt, name="opt"),
    path("participations/<uuid:public_id>/voeux/", wishes.wishes, name="wishes"),
    path("programmes/<slug:slug>/marraines/", mentors.mentors, name="mentors"),
    path("marraines/<uuid:public_id>/", mentors.mentor, name="mentor"),
    path("marraines/<uuid:public_id>/offre/", mentors.offer, name="offer"),
    path("marraines/<uuid:public_id>/pause/", mentors.pause, name="pause"),
    path("marraines/<uuid:public_id>/entretien/", mentors.interview, name="interview"),
    path("marraines/<uuid:public_id>/acces/", mentors.access, name="access"),
    path("marraines/<uuid:public_id>/verification/", mentors.vetting, name="vetting"),
    path("mes-accompagnements/", homes.my_pairs, name="my_pairs"),
    path("mes-accompagnements/<uuid:public_id>/", homes.my_offer, name="my_offer"),
    path("mes-accompagnements/<uuid:public_id>/pause/", homes.my_pause, name="my_pause"),
]
