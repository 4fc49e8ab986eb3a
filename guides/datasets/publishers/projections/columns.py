"""The columns of the projections' tables 1.2, 1.10 and 1.12, whose headers carry the years of the edition."""

from ...files.columns import Column

CODE = Column("National Employment Matrix code", r"(?:\d{4}_)?national_employment_matrix_(?:occupation_)?code")
TITLE = Column("National Employment Matrix title", r"(?:\d{4}_)?national_employment_matrix_(?:occupation_)?title")
KIND = Column("Occupation type", "occupation_type")
INDUSTRY = Column("Industry title", r"(?:\d{4}_)?national_employment_matrix_industry_title")
INDUSTRY_CODE = Column("Industry code", r"(?:\d{4}_)?national_employment_matrix_industry_code")
FACTOR = Column("Factors affecting occupational utilization", "factors_affecting_occupational_utilization")

EDUCATION = Column("Typical education needed for entry", "typical_education_needed_for_entry")
EXPERIENCE = Column("Work experience in a related occupation", "work_experience_in_a_related_occupation")
TRAINING = Column("Typical on-the-job training", "typical_on_the_job_training.*")
CHANGE = Column("Employment change, numeric", "employment_change_numeric.*")
PERCENT = Column("Employment change, percent", "employment_change_percent.*")
SELF_EMPLOYED = Column("Percent self employed", "percent_self_employed.*")
OPENINGS = Column("Occupational openings", "occupational_openings.*")
EXITS = Column("Labor force exits", r"labor_force_exits_\d.*")
TRANSFERS = Column("Occupational transfers", r"occupational_transfers_\d.*")
SEPARATIONS = Column("Total occupational separations", r"total_occupational_separations_\d.*")
# A projection's first and last year stand in two headers that are told apart by them alone.
BASE, AHEAD = "Employment, first year", "Employment, last year"


def projections(start: int, end: int) -> list[Column]:
    """The columns of table 1.2 of an edition."""
    jobs = [Column(BASE, f"employment_{start}"), Column(AHEAD, f"employment_{end}")]
    return [TITLE, CODE, KIND, *jobs, CHANGE, PERCENT, SELF_EMPLOYED, OPENINGS, EDUCATION, EXPERIENCE, TRAINING]


def separations(start: int, end: int) -> list[Column]:
    """The columns of table 1.10 of an edition."""
    jobs = [Column(BASE, f"employment_{start}"), Column(AHEAD, f"employment_{end}")]
    return [TITLE, CODE, *jobs, EXITS, TRANSFERS, SEPARATIONS, OPENINGS]


FACTORS = [TITLE, CODE, INDUSTRY, INDUSTRY_CODE, FACTOR]
