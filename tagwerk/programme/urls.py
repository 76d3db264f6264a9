"""Addresses of the programme, under an event."""

from django.urls import path

from tagwerk.programme import people, room_plan, views

app_name = "programme"
urlpatterns = [
    path("schedule/", views.schedule, name="schedule"),
    path("speakers/", people.speakers, name="speakers"),
    path("speakers/<str:code>/", people.speaker, name="speaker"),
    path("rooms/", room_plan.room_plan, name="rooms"),
    path("sessions/<str:code>/", views.session, name="session"),
]
