"""What is asked of /move/ and of the occupations' gaps while the official data is there."""

from urllib.parse import urlencode

LONG = "x" * 10_000


def move(**jobs):
    """The address that compares two jobs; 'from' is a word of Python's."""
    return f"/move/?{urlencode({name.rstrip('_'): job for name, job in jobs.items()})}"


def gap(slug, **answers):
    return f"/occupations/{slug}/gap/" + (f"?{urlencode(answers)}" if answers else "")


NEAR = move(from_="cashiers", to="library-clerk")
FAR = move(from_="waiters-and-waitresses", to="registered-nurses")
SHOP_WORKER = move(from_="shop worker")
SEVERAL = move(from_="cashier", to="library clerk")
NOBODY = move(from_="shop assistant", to="library-clerk")
OTHER_SCRIPT = move(from_="図書館員", to="Verkäuferin")
FRAGMENTS = move(from_="Kassierer", to="library")
NEITHER = move(from_="Kassierer", to="Verkäuferin")
INFORMAL = move(from_="Uber driver", to="library-clerk")
SAME = move(from_="cashiers", to="41-2011.00")
COUNTED_TOGETHER = move(from_="library-assistants-clerical", to="library-aide")
MILITARY = move(from_="infantry", to="cashiers")
ALL_OTHER = move(from_="cashiers", to="managers-all-other")
ONWARD = move(from_="cashiers")
INWARD = move(to="library-clerk")
OFFICE_ONWARD = move(from_="file-clerks")
RETAIL = move(from_="retail-salespersons", to="library-clerk")
CASHIER_TO_ASSISTANT = move(from_="cashiers", to="library-technical-assistant")
UNSURVEYED_ONWARD = move(from_="infantry")
BY_CODE = move(from_="41-2011", to="25-4031.00")
BRACKETS = move(from_="teaching assistant", to="library assistant")
ABOUT_PEOPLE = move(from_="office-clerks-general", to="cataloging-library-technical-assistant")
EMPTY = "/move/?from=&to="
TOO_LONG = move(from_=LONG, to="library-clerk")
LONG_TITLE = move(from_="x" * 201, to="library-clerk")
TWICE = "/move/?from=cashiers&from=tellers&to=library-clerk"
NUL = "/move/?from=cash%00ier&to=library-clerk"
BY_HAND = "/move/?to=../../etc/passwd&from=%27%22%3E%3Cscript%3E&sort=1"

GAP = gap("library-technicians")
GAP_CHANGED = gap("library-technicians", change=1, **{"k-2.C.1.b": 2})
GAP_HALF = gap("library-technicians", **{"k-2.C.1.b": 1, "t-43232104": 2})
GAP_NONE = gap("library-technicians", sent=1)
GAP_UNKNOWN = gap("library-technicians", **{"k-2.C.1.b": 2, "a-9.Z": 2})
GAP_WRONG = gap("library-technicians", **{"k-2.C.1.b": 7})
GAP_TWICE = f"{GAP}?k-2.C.1.b=1&k-2.C.1.b=2"
GAP_LONG = gap("library-technicians", **{"k-2.C.1.b": LONG})
GAP_MILITARY = gap("infantry")
GAP_MISSING = gap("no-such-job")

ADDRESSES = [value for name, value in list(globals().items()) if name.isupper() and name not in {"LONG"}] + ["/move/"]
