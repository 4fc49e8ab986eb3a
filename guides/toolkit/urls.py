"""The toolkit's addresses: a page that leads to the tools, and for each tool a page to read and one to work on."""

from django.urls import path

from .views import interview, job_description, letter, overview, resume

app_name = "toolkit"

TOOLKIT = "guides/<slug:guide>/toolkit"

urlpatterns = [
    path(f"{TOOLKIT}/", overview.toolkit, name="toolkit"),
    path(f"{TOOLKIT}/resume/", resume.examples, name="resume"),
    path(f"{TOOLKIT}/resume/build/", resume.build, name="resume_build"),
    path(f"{TOOLKIT}/cover-letter/", letter.examples, name="cover_letter"),
    path(f"{TOOLKIT}/cover-letter/write/", letter.write, name="letter_write"),
    path(f"{TOOLKIT}/interview/", interview.questions, name="interview"),
    path(f"{TOOLKIT}/interview/sheet/", interview.sheet, name="interview_sheet"),
    path(f"{TOOLKIT}/interview/practice/", interview.practice, name="interview_practice"),
    path(f"{TOOLKIT}/job-description/", job_description.template, name="job_description"),
    path(f"{TOOLKIT}/job-description/write/", job_description.write, name="job_description_write"),
]
