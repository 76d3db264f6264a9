"""Addresses of the market, under an event."""

from django.urls import path

from tagwerk.market import views

app_name = "market"
urlpatterns = [
    path("market/", views.market, name="market"),
    path("market/logos/<slug:digest>.png", views.logo, name="logo"),
    path("market/<str:code>/", views.booth, name="booth"),
]
