"""What editors write for the toolkit, frozen with a guide's editions, and what people keep of it in their plans."""

from .interviews import InterviewQuestion
from .kept import KeptDocument
from .letters import CoverLetter
from .postings import JobPhrase, Wording
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
