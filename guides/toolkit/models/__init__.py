"""What editors write for the toolkit, frozen with a guide's editions, and what people keep of it in their plans."""

from .documents import KeptDocument
from .interviews import InterviewQuestion
from .job_descriptions import JobPhrase, Wording
from .letters import CoverLetter
from .resumes import ResumeEntry, ResumeExample, ResumeLine

__all__ = [
    "CoverLetter",
    "InterviewQuestion",
    "JobPhrase",
    "KeptDocument",
    "ResumeEntry",
    "ResumeExample",
    "ResumeLine",
    "Wording",
]
