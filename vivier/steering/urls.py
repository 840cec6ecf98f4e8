"""Addresses of the room."""

from django.urls import path

from vivier.steering.views import asks, engagement, links, offers, register

app_name = "steering"
urlpatterns = [
    path("programmes/<slug:slug>/demandes/", asks.asks, name="asks"),
    path("programmes/<slug:slug>/demandes/nouvelle/", asks.new_ask, name="new_ask"),
    path("demandes/<uuid:public_id>/", asks.ask, name="ask"),
    path("demandes/<uuid:public_id>/clore/", asks.close, name="close"),
    path("demandes/<uuid:public_id>/rouvrir/", asks.reopen, name="reopen"),
    path("demandes/reponses/<uuid:public_id>/renvoyer/", asks.send_again, name="send_again"),
    path("demandes/propositions/<uuid:public_id>/", offers.offer, name="offer"),
    path("demandes/receptions/<uuid:public_id>/annuler/", offers.undo, name="undo_receipt"),
    path("repondre/", links.answer, name="answer"),
    path("devenir-marraine/", links.join, name="join"),
    path("mon-engagement/", engagement.my_engagement, name="my_engagement"),
    path("mon-engagement/actions/", register.register, name="register"),
    path("mon-engagement/actions/export/", register.workbook, name="register_workbook"),
    path("mon-engagement/actions/<uuid:public_id>/", register.edit_action, name="edit_action"),
    path("mon-engagement/actions/<uuid:public_id>/annuler/", register.cancel_action, name="cancel_action"),
    path("mon-engagement/<slug:slug>/annoncer/", register.new_action, name="new_action"),
    path("plans/<slug:slug>/agenda.ics", register.calendar, name="calendar"),
    path("mon-engagement/<uuid:public_id>/", engagement.my_answer, name="my_answer"),
    path("mon-engagement/engagements/<uuid:public_id>/", engagement.pledge, name="pledge"),
    path("chartes/<slug:slug>/", engagement.charter, name="charter"),
]
