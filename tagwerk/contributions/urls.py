"""Addresses of a call, under an event."""

from django.urls import path

from tagwerk.contributions import mine, rehearsals, views

app_name = "contributions"
urlpatterns = [
    path("contributions/", views.call, name="call"),
    path("contributions/new/", views.propose, name="propose"),
    path("contributions/link/", views.link, name="link"),
    path("contributions/mine/", mine.mine, name="mine"),
    path("contributions/mine/thanks/", mine.mine_new, name="mine_new"),
    path("contributions/mine/new/", mine.more, name="more"),
    path("contributions/mine/confirm/", mine.confirm, name="confirm"),
    path("contributions/mine/care/", mine.care, name="care"),
    path("contributions/mine/recording/", mine.recording, name="recording"),
    path("contributions/mine/photo/", mine.photo, name="photo"),
    path("contributions/mine/slides/", mine.slides, name="slides"),
    path("contributions/mine/rehearsal/", rehearsals.rehearsal, name="rehearsal"),
    path("contributions/mine/rehearsal/file/", rehearsals.rehearsal_file, name="rehearsal_file"),
    path("contributions/mine/data.json", mine.data, name="data"),
    path("contributions/mine/portrait/<slug:digest>.jpg", mine.portrait, name="portrait"),
    path("contributions/mine/leave/", mine.leave, name="leave"),
    path("contributions/mine/proposals/<str:code>/", mine.edit, name="edit"),
    path("contributions/mine/proposals/<str:code>/withdraw/", mine.withdraw, name="withdraw"),
    path("contributions/mine/<str:secret>/", views.arrive, name="arrive"),
]
