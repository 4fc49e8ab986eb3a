"""The addresses of both checks. Answers travel in their query strings, so a result can be bookmarked."""

from django.urls import path

from .views import check, keep, resume, skills_gap

app_name = "readiness"

urlpatterns = [
    path("guides/<slug:guide>/skills-gap/", skills_gap.page, name="skills_gap"),
    path("guides/<slug:guide>/skills-gap/so-far/", skills_gap.so_far, name="so_far"),
    path("guides/<slug:guide>/skills-gap/resume/", resume.resume, name="resume"),
    path("guides/<slug:guide>/skills-gap/keep/", keep.keep_skills_gap, name="keep_skills_gap"),
    path("guides/<slug:guide>/readiness/", check.readiness, name="readiness"),
    path("guides/<slug:guide>/readiness/keep/", keep.keep_readiness, name="keep_readiness"),
]
