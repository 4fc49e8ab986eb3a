"""What schema.org and search engines ask of the types that our pages use, as a JSON Schema; nothing else may stand."""

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": r"^https?://[^\s]+$"}
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
AMOUNT = {"type": "integer", "minimum": 1}
LANGUAGE = {"type": "string", "pattern": r"^[a-z]{2}(-[A-Z]{2})?$"}


def thing(kind, required, **properties):
    """The schema of one type: `required` must be there, `properties` may be, and nothing else."""
    known = {"@type": {"const": kind}, **required, **properties}
    return {
        "type": "object",
        "properties": known,
        "required": ["@type", *required],
        "additionalProperties": False,
    }


def many(schema):
    return {"type": "array", "items": schema, "minItems": 1}


ORGANIZATION = thing("Organization", {"name": TEXT, "url": URL})
BREADCRUMBS = thing(
    "BreadcrumbList",
    {"itemListElement": many(thing("ListItem", {"position": AMOUNT, "name": TEXT, "item": URL}))},
)
ARTICLE = thing(
    "Article",
    {
        "headline": {**TEXT, "maxLength": 110},
        "author": ORGANIZATION,
        "datePublished": DAY,
        "dateModified": DAY,
        "image": URL,
    },
    description=TEXT,
    inLanguage=LANGUAGE,
    mainEntityOfPage=URL,
    publisher=ORGANIZATION,
    about={"type": "object", "properties": {"@id": URL}, "required": ["@id"], "additionalProperties": False},
)
SALARY = thing(
    "MonetaryAmountDistribution",
    {
        "name": {"const": "base"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "duration": {"const": "P1Y"},
        "median": AMOUNT,
    },
    unitText={"const": "YEAR"},
    percentile10=AMOUNT,
    percentile90=AMOUNT,
)
OCCUPATION = thing(
    "Occupation",
    {
        "name": TEXT,
        "mainEntityOfPage": URL,
        "estimatedSalary": many(SALARY),
        "occupationLocation": many(thing("Country", {"name": TEXT})),
    },
    **{
        "@id": URL,
        "description": TEXT,
        "educationRequirements": TEXT,
        "occupationalCategory": {"type": "string", "pattern": r"^\d{2}-\d{4}$"},
    },
)
PERCENTILES = {f"percentile{number}": AMOUNT for number in (10, 25, 75, 90)}
OFFICIAL_SALARY = SALARY | {"properties": SALARY["properties"] | PERCENTILES}
# Of an occupation that no guide is written to: official data may have no pay of it.
OFFICIAL_OCCUPATION = thing(
    "Occupation",
    {
        "@id": URL,
        "name": TEXT,
        "mainEntityOfPage": URL,
        "occupationalCategory": {"type": "string", "pattern": r"^\d{2}-\d{4}\.\d{2}$"},
    },
    description=TEXT,
    educationRequirements=TEXT,
    estimatedSalary=many(OFFICIAL_SALARY),
    occupationLocation=many(thing("Country", {"name": TEXT})),
)
ANSWER = thing("Answer", {"text": TEXT})
FAQ = thing("FAQPage", {"mainEntity": many(thing("Question", {"name": TEXT, "acceptedAnswer": ANSWER}))})

SCHEMA = {
    "type": "object",
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {
            "type": "array",
            "prefixItems": [BREADCRUMBS, ARTICLE, OCCUPATION],
            "items": FAQ,
            "minItems": 3,
            "maxItems": 4,
        },
    },
    "required": ["@context", "@graph"],
    "additionalProperties": False,
}
OCCUPATION_SCHEMA = SCHEMA | {
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {"type": "array", "prefixItems": [BREADCRUMBS, OFFICIAL_OCCUPATION], "items": False, "minItems": 2},
    }
}
