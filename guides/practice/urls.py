"""The addresses of practice. A session's number stands in the address, so that its page is the same for everyone."""

from django.urls import path

from . import views

app_name = "practice"
urlpatterns = [
    path("guides/<slug:guide>/practice/", views.session, name="session"),
    path("guides/<slug:guide>/practice/<int:number>/", views.session, name="another"),
    path("guides/<slug:guide>/practice/<int:number>/written/", views.written, name="written"),
]
