"""Addresses of stories."""

from django.urls import path

from .views import questions, stories, writing

app_name = "stories"
urlpatterns = [
    path("stories/", stories.story_list, name="list"),
    path("stories/new/", writing.new, name="new"),
    path("stories/new/steps/", writing.new_in_steps, name="new_in_steps"),
    path("stories/questions/", questions.cut_short, name="questions_cut_short"),
    path("stories/questions/<slug:guide>/", questions.questions, name="questions"),
    path("stories/questions/<slug:guide>/<slug:question>/", questions.question, name="question"),
    path("stories/<slug:slug>/", stories.story, name="story"),
    path("stories/<slug:slug>/edit/", writing.edit, name="edit"),
    path("stories/<slug:slug>/edit/<slug:step>/", writing.step, name="step"),
    path("stories/<slug:slug>/skills/", stories.skills, name="skills"),
    path("stories/<slug:slug>/answers/", stories.answers, name="answers"),
]
