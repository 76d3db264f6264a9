"""Addresses of the programme, under an event."""

from django.urls import path

from tagwerk.programme import exports, people, room_plan, slides, views

app_name = "programme"
urlpatterns = [
    path("schedule/", views.schedule, name="schedule"),
    path("schedule/export/programme.pdf", exports.pdf, name="programme_pdf"),
    path("schedule/export/<str:name>", exports.export, name="export"),
    path("schedule/export/tracks/<slug:track>.ics", exports.track_calendar, name="track_calendar"),
    path("speakers/", people.speakers, name="speakers"),
    path("speakers/<str:code>/", people.speaker, name="speaker"),
    path("speakers/<str:code>/<slug:digest>.jpg", people.portrait, name="portrait"),
    path("rooms/", room_plan.room_plan, name="rooms"),
    path("sessions/<str:code>/", views.session, name="session"),
    path("sessions/<str:code>/slides/<str:slides>/", slides.slides, name="slides"),
]
