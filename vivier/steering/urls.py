"""Addresses of the room."""

from django.urls import path

from vivier.steering.views import asks, engagement, links

app_name = "steering"
urlpatterns = [
    path("programmes/<slug:slug>/demandes/", asks.asks, name="asks"),
    path("programmes/<slug:slug>/demandes/nouvelle/", asks.new_ask, name="new_ask"),
    path("demandes/<uuid:public_id>/", asks.ask, name="ask"),
    path("demandes/<uuid:public_id>/clore/", asks.close, name="close"),
    path("repondre/", links.answer, name="answer"),
    path("devenir-marraine/", links.join, name="join"),
    path("mon-engagement/", engagement.my_engagement, name="my_engagement"),
    path("mon-engagement/<uuid:public_id>/", engagement.my_answer, name="my_answer"),
    path("chartes/<slug:slug>/", engagement.charter, name="charter"),
]
