"""The credit that each publisher asks for; shown wherever its data is."""

OEWS = "Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, {edition}."
OOH = "Source: U.S. Bureau of Labor Statistics, Occupational Outlook Handbook, {edition}."
# The words that the O*NET license page gives for a site that shows part of the database.
ONET = (
    "This page includes information from the O*NET {edition} Database by the U.S. Department of Labor, Employment "
    "and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. "
    "The information shown is a selection; USDOL/ETA has not approved, endorsed, or tested it."
)
CREDITS = {"oews": OEWS, "ooh": OOH, "onet": ONET}
LICENCES = {
    "oews": "https://www.bls.gov/bls/linksite.htm",
    "ooh": "https://www.bls.gov/bls/linksite.htm",
    "onet": "https://creativecommons.org/licenses/by/4.0/",
}


def credit(form: str, edition: str) -> str:
    """Return the credit line of a dataset, such as `credit("onet", "27.0")`."""
    return CREDITS[form].format(edition=edition)
