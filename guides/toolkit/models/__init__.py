"""What editors write for the toolkit. The rows hang from a guide and are frozen with its editions."""

from .interviews import InterviewQuestion
from .letters import CoverLetter
from .postings import JobPhrase, Wording
from .resumes import ResumeEntry, ResumeExample, ResumeLine

__all__ = [
    "CoverLetter",
    "InterviewQuestion",
    "JobPhrase",
    "ResumeEntry",
    "ResumeExample",
    "ResumeLine",
    "Wording",
]
