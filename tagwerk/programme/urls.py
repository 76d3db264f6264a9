"""Addresses of the programme, under an event."""

from django.urls import path

from tagwerk.programme import views

app_name = "programme"
urlpatterns = [
    path("schedule/", views.schedule, name="schedule"),
    path("sessions/<str:code>/", views.session, name="session"),
]
