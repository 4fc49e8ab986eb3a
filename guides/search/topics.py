"""What people ask about a job, and the sections that answer it: pay, how to become one, what it is like ...

A guide's sections answer by their short names, other entries by the topics that their places name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Words between two parts of a question, such as the job's name in 'how much does a … make'.
GAP = "…"
# Says, in place of a topic, why a name leads to an entry that has no such title.
CALLED = "called"
# Asks of a state.
PLACE = "place"
# Asks what a word means: whatever explains words answers as fully as a guide.
DEFINITION = "definition"


@dataclass(frozen=True)
class Topic:
    """What is asked, in the words that people use (GAP stands for any words), and what answers, the best first."""

    slug: str
    asked: tuple[tuple[str, ...], ...]
    sections: tuple[str, ...]


def _topic(slug: str, asked: str, sections: str) -> Topic:
    phrases = [tuple(line.split()) for line in asked.split(",")]
    # The longest first: 'how much … make' before 'how much'.
    return Topic(slug, tuple(sorted(phrases, key=len, reverse=True)), (*sections.split(), slug))


TOPICS = [
    _topic(
        "pay",
        "how much … make, how much … makes, how much … earn, how much … get, how much … paid, how much … cost to hire,"
        "how much money, what … make a year, what … get paid, what … earn, what … paid,"
        "make money, makes money, make a year, make per year, make an hour, make per hour,"
        "salary, salaries, pay, pays, paid, wage, wages, earn, earns, earning, earnings, income, compensation, hourly,"
        "per hour, an hour, a year, per year, how much, average salary, starting salary, starting pay,"
        "entry level salary,"
        "paying, pay scale, pay rate, hourly rate, hourly wage, hourly pay, annual salary, median salary, median pay,"
        "salary range, pay range, average pay, average wage,"
        "highest paying, best paying, high paying, highest paid, best paid, pay well, pays well, well paid",
        "pay-outlook pay-by-level pay-abroad what-moves-pay",
    ),
    _topic(
        "outlook",
        "outlook, job outlook, career outlook, job growth, growth, future of, in demand, demand, job market,"
        "employment outlook, openings, job openings, vacancies, dying field, dying profession, replaced by ai,"
        "will … be replaced, is … growing, hard to find a job, hard to get a job",
        "job-outlook pay-outlook",
    ),
    _topic(
        "become",
        "how to become, how do i become, how can i become, how do you become, how to be, how can i be, how do i be,"
        "how to get into, how do i get into, get into, become, becoming, to become, want to be, how to start,"
        "how do i start, getting started, steps to, path to, start a career, start … career, career as,"
        "break into, becom, how to get a job as, get a job as, what does it take to be, what do i need to be,"
        "train as, get there, how to get there",
        "how-to-become education-training degree",
    ),
    _topic(
        "day",
        "what is it like, what is … like, what’s it like, whats it like, what s it like, is it like, day in the life,"
        "a day in the life, day in the life of, typical day, a typical day, life of a, work environment,"
        "working conditions, workplace, like to be, like to work as, like being, like working as, what its like,"
        "what it is like, how is it to be",
        "a-day work-environment role work person",
    ),
    _topic(
        "work",
        "what does … do, what do … do, what … do all day, what is a, what is an, what are, whats a, what s a, who is a,"
        "duties, job duties, responsibilities, job responsibilities, tasks, job description, job descriptions,"
        "daily tasks, day to day, duties of, duties and responsibilities, roles and responsibilities",
        "responsibilities role",
    ),
    _topic(
        "remote",
        "remote, remotely, work from home, working from home, from home, telework, telecommute, wfh, work at home,"
        "hybrid, online from home, home office, home working",
        "remote-work work-environment",
    ),
    _topic(
        "hours",
        "hours, schedule, shift, shifts, weekends, evenings, nights, part time, full time, overtime, benefits,"
        "work life balance, days off, vacation, evenings and weekends",
        "hours-and-benefits work-environment terms",
    ),
    _topic(
        "degree",
        "degree, degrees, diploma, college, do i need a degree, need a degree, need college, without a degree,"
        "no degree, without college, bachelors, bachelor s degree, bachelor degree, masters degree, master s degree,"
        "associate degree, education, education requirements, education needed, schooling, school, major, study,"
        "what to study, qualifications, qualification, requirements, training, courses, course, certificate,"
        "certificates, classes, high school diploma, ged, what education",
        "education-training education-requirements",
    ),
    _topic(
        "certification",
        "certification, certifications, certified, license, licensed, licence, licensing, licensure, lssc",
        "certification education-training degree",
    ),
    _topic(
        "exam",
        "exam, exams, examination, civil service, civil service exam, civil service test, test, entrance exam,"
        "typing test, hiring test, probation",
        "civil-service how-they-hire where-to-apply terms",
    ),
    _topic(
        "experience",
        "no experience, without experience, without any experience, with no experience, no experience needed,"
        "no experience required, entry level, without training, no skills, experience",
        "how-they-hire from-another-job education-training degree",
    ),
    _topic(
        "interview",
        "interview, interviews, interview questions, job interview, interview answers, questions to ask",
        "application-toolkit",
    ),
    _topic(
        "resume",
        "resume, resumes, cv, resume example, resume examples, resume sample, resume template, curriculum vitae,"
        "cover letter, cover letters, cover letter example",
        "application-toolkit",
    ),
    _topic(
        DEFINITION,
        "what is, what are, whats, what does … mean, what does … stand for, meaning of, definition, definition of,"
        "define, meaning, explain",
        "",
    ),
    # A page says what a job pays in each state; the names are those of guides/datasets/areas.py.
    _topic(
        PLACE,
        "alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, district of columbia,"
        "florida,"
        "georgia, hawaii, idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts,"
        "michigan, minnesota, mississippi, missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico,"
        "new york, north carolina, north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina,"
        "south dakota, tennessee, texas, utah, vermont, virginia, washington, west virginia, wisconsin, wyoming, guam,"
        "puerto rico, virgin islands",
        "pay-outlook pay",
    ),
    _topic(
        "skills",
        "skills, skill, skills needed, skills required, what skills, skills for, knowledge",
        "skills technical-skills soft-skills",
    ),
    _topic(
        "technology",
        "software, technology, technologies, tools used, what tools, programs used, what software, computer programs",
        "tools technical-skills",
    ),
    _topic(
        "related",
        "similar jobs, similar careers, related jobs, related careers, jobs like, careers like, similar to,"
        "alternatives to, alternative careers, jobs similar to, careers similar to, other jobs",
        "related-careers",
    ),
]


@dataclass(frozen=True)
class Asked:
    """A topic that a query asks about, and the words that do so."""

    topic: Topic
    words: frozenset[str]


def asked(words: Sequence[str]) -> list[Asked]:
    """Return the topics that these words, as typed and folded, ask about: the one said in most words first."""
    found = []
    said = {*words, GAP}
    for topic in TOPICS:
        places: set[int] = set()
        longest = 0
        for phrase in topic.asked:
            # Most begin with a word that was not typed.
            if phrase[0] in said and (match := _match(words, phrase)):
                longest = max(longest, len(match))
                places |= match
        if places:
            found.append((longest, Asked(topic, frozenset(words[place] for place in places))))
    return [each for _longest, each in sorted(found, key=lambda pair: -pair[0])]


def _match(words: Sequence[str], phrase: Sequence[str]) -> set[int]:
    """Return the places of the words of `phrase` in `words`, without the gap's; empty where it does not stand there."""
    if GAP not in phrase:
        runs = [tuple(phrase)]
    else:
        gap = phrase.index(GAP)
        runs = [tuple(phrase[:gap]), tuple(phrase[gap + 1 :])]
    places: set[int] = set()
    start = 0
    for run in runs:
        starts = range(start, len(words) - len(run) + 1)
        at = next((at for at in starts if tuple(words[at : at + len(run)]) == run), None)
        if at is None:
            return set()
        places.update(range(at, at + len(run)))
        start = at + len(run) + (1 if GAP in phrase else 0)
    return places
