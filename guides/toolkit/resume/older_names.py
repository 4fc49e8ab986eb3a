"""What older drafts of JSON Resume, and programs that write their own, call what version 1.0.0 calls otherwise."""

import re

# Names of older drafts, and of programs that write their own, by where they stand: a list's entries have its name.
OLD_NAMES: dict[str, dict[str, str]] = {
    "": {
        "bio": "basics", "personal": "basics", "experience": "work", "employment": "work", "jobs": "work",
        "volunteering": "volunteer", "schools": "education", "certifications": "certificates", "hobbies": "interests",
        "honors": "awards", "articles": "publications",
    },
    "basics": {
        "website": "url", "homepage": "url", "headline": "label", "title": "label", "picture": "image",
        "photo": "image", "about": "summary", "mail": "email", "telephone": "phone",
    },
    "location": {"town": "city", "state": "region", "country": "countryCode", "zip": "postalCode"},
    "work": {
        "company": "name", "employer": "name", "organization": "name", "website": "url", "title": "position",
        "role": "position", "start": "startDate", "end": "endDate", "from": "startDate", "to": "endDate",
        "responsibilities": "highlights", "bullets": "highlights",
    },
    "volunteer": {
        "name": "organization", "company": "organization", "website": "url", "title": "position",
        "start": "startDate", "end": "endDate", "from": "startDate", "to": "endDate",
    },
    "education": {
        "school": "institution", "name": "institution", "website": "url", "degree": "studyType", "gpa": "score",
        "major": "area", "field": "area", "start": "startDate", "end": "endDate", "from": "startDate",
        "to": "endDate",
    },
    "certificates": {"title": "name", "authority": "issuer", "organization": "issuer", "website": "url"},
    "awards": {"name": "title", "issuer": "awarder", "description": "summary"},
    "publications": {"title": "name", "website": "url", "date": "releaseDate", "description": "summary"},
    "projects": {"title": "name", "website": "url", "summary": "description", "start": "startDate", "end": "endDate"},
    "languages": {"name": "language", "level": "fluency", "proficiency": "fluency"},
    "skills": {"category": "name", "skills": "keywords", "items": "keywords", "proficiency": "level"},
    "references": {"text": "reference", "referee": "name"},
    "profiles": {"name": "network", "site": "network", "user": "username", "website": "url"},
}  # fmt: skip
# Where a text stands instead of an entry, it goes into this field of it.
MAIN = {
    "work": "position", "volunteer": "position", "education": "studyType", "certificates": "name", "skills": "name",
    "projects": "name", "languages": "language", "awards": "title", "publications": "name", "interests": "name",
    "references": "reference", "profiles": "url", "location": "city", "basics": "name",
}  # fmt: skip


def squeezed(name: str) -> str:
    """A name without what programs write differently: start_date, start-date and StartDate are startDate."""
    return re.sub(r"[\W_]", "", name).lower()
