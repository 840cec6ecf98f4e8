"""Addresses of the room."""

from django.urls import path

from vivier.workshops.views import (
    attendance,
    calendars,
    groups,
    papers,
    places,
    presence,
    public,
    sign_up,
    staff,
    surveys,
)

app_name = "workshops"
urlpatterns = [
    path("seances/", public.public_list, name="public_list"),
    path("seances/<slug:code>/", public.session, name="session"),
    path("seances/<slug:code>/qr.svg", public.qr, name="qr"),
    path("seances/<slug:code>/affiche/", public.poster, name="poster"),
    path("seances/<slug:code>/autorisation-papier/", public.blank_paper, name="blank_paper"),
    path("seances/<slug:code>/inscription/", sign_up.step, name="sign_up"),
    path("seances/<slug:code>/inscription/confirmer/", sign_up.confirm, name="sign_up_confirm"),
    path("seances/<slug:code>/inscription/faite/", sign_up.done, name="sign_up_done"),
    path("seances/<slug:code>/inscription/recommencer/", sign_up.restart, name="sign_up_restart"),
    path("ma-place/", places.place, name="place"),
    path("ma-place/agenda.ics", calendars.place_calendar, name="place_calendar"),
    path("ma-place/attestation.pdf", papers.certificate_by_link, name="certificate_by_link"),
    path("inscriptions/<uuid:public_id>/attestation.pdf", papers.certificate, name="certificate"),
    path("seances/<slug:code>/feuille.pdf", papers.sheet, name="sheet_pdf"),
    path("ma-place/questionnaire/", surveys.answer, name="survey"),
    path("ma-place/presence/", presence.here_by_link, name="here_by_link"),
    path("seances/<slug:code>/je-suis-la/", presence.here, name="here"),
    path("seances/<slug:code>/code-de-presence/", presence.wall, name="wall"),
    path("inscriptions/<uuid:public_id>/presence/", presence.scan, name="scan"),
    path("seances/<slug:code>/groupes/", groups.groups, name="groups"),
    path("groupes/<uuid:public_id>/", groups.change, name="change_group"),
    path("mon-agenda.ics", calendars.own_calendar, name="own_calendar"),
    path("programmes/<slug:slug>/agenda.ics", calendars.programme_calendar, name="programme_calendar"),
    path("inscriptions/<uuid:public_id>/liberer/", places.leave_place, name="leave"),
    path("inscriptions/<uuid:public_id>/donner-une-place/", staff.promote, name="promote"),
    path("personnes/<uuid:public_id>/inscrire/", staff.register_person, name="register_person"),
    path("programmes/<slug:slug>/seances/", staff.programme_sessions, name="programme_sessions"),
    path("programmes/<slug:slug>/seances/nouvelle/", staff.create, name="create"),
    path("seances/<slug:code>/suivi/", staff.manage, name="manage"),
    path("seances/<slug:code>/modifier/", staff.edit, name="edit"),
    path("seances/<slug:code>/annuler/", staff.cancel, name="cancel"),
    path("seances/<slug:code>/presences/", attendance.attendance, name="attendance"),
    path("seances/<slug:code>/presences/<uuid:public_id>/", attendance.mark, name="mark"),
    path("seances/<slug:code>/feuille/", attendance.sheet, name="sheet"),
]
