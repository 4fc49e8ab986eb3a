"""The toolkit's addresses: a page that leads to the tools, and for each tool a page to read and one to work on."""

from django.urls import path

from . import plan_packet, views
from .interviews import views as interviews
from .job_descriptions import views as job_descriptions
from .letters import views as letters
from .resume import views as resume

app_name = "toolkit"

TOOLKIT = "guides/<slug:guide>/toolkit"

urlpatterns = [
    path("plan/packet.pdf", plan_packet.packet_file, name="packet_file"),
    path(f"{TOOLKIT}/", views.toolkit, name="toolkit"),
    path(f"{TOOLKIT}/resume/", resume.examples, name="resume"),
    path(f"{TOOLKIT}/resume/build/", resume.build, name="resume_build"),
    path(f"{TOOLKIT}/cover-letter/", letters.examples, name="cover_letter"),
    path(f"{TOOLKIT}/cover-letter/write/", letters.write, name="letter_write"),
    path(f"{TOOLKIT}/interview/", interviews.questions, name="interview"),
    path(f"{TOOLKIT}/interview/sheet/", interviews.sheet, name="interview_sheet"),
    path(f"{TOOLKIT}/interview/practice/", interviews.practice, name="interview_practice"),
    path(f"{TOOLKIT}/job-description/", job_descriptions.template, name="job_description"),
    path(f"{TOOLKIT}/job-description/write/", job_descriptions.write, name="job_description_write"),
]
