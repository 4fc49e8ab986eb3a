"""Addresses of what is read from imported data."""

from django.urls import path

from . import views

app_name = "datasets"

urlpatterns = [
    path("guides/<slug:guide>/pay/", views.pay, name="pay"),
    path("guides/<slug:guide>/pay/<slug:state>/", views.state_pay, name="state_pay"),
]
