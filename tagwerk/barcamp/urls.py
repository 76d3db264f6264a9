"""Addresses of the barcamp, under an event."""

from django.urls import path

from tagwerk.barcamp import explaining, hosting, views

app_name = "barcamp"
urlpatterns = [
    path("how-planned/", explaining.how_planned, name="how_planned"),
    path("topics/", views.topics, name="topics"),
    path("topics/new/", views.propose, name="propose"),
    path("topics/similar/", views.similar_topics, name="similar"),
    path("topics/<str:code>/", views.topic, name="topic"),
    path("topics/<str:code>/interest/", views.interest, name="interest"),
    path("topics/<str:code>/adopt/", views.adopt, name="adopt"),
    path("topics/<str:code>/edit/", views.edit, name="edit"),
    path("topics/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("sessions/<str:code>/coming/", views.coming, name="coming"),
    path("sessions/<str:code>/host-sign/", hosting.sign, name="host-sign"),
    path("sessions/<str:code>/insight/", hosting.insight, name="host-insight"),
    path("sessions/<str:code>/take-over/", hosting.take_over, name="take_over"),
]
