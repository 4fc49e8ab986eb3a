"""Whether a product's name in a text is the product's: Koha Elementary School and Sierra Vista are other things."""

import re

WORD = re.compile(r"[^\W\d_]+")
# Words that go on with a product's name and leave it one; any other capital makes it a longer name: Alma Rodriguez.
COMPANIONS = frozenset(
    """access acquisitions adobe alma analytics and app bibliographic calendar calendars canva catalog cataloging
    cataloguing circulation client database databases desktop director discovery documents docs drive edit email
    emails evergreen ex excel follett for format formulas fulfillment google ils in innovative interface koha leap
    lms library lsp macros mail manager marc microsoft modules module ms office on one onenote open outlook pivot
    polaris powerpoint primo publisher quickbooks rda records reports serials sheets sierra sirsi slides software
    source spreadsheet spreadsheets staff standards suite symphony system systems tables teams the to training
    unicorn users voyager web with word workbooks workflows zoom""".split()
)
# Kinds of places, companies, vehicles and contests: what their name begins with is no product.
KINDS = frozenset(
    """academy airlines airport airways apartments arts association atv atvs ave avenue award bakery band bank beach
    bike bikes bistro boat boulevard brewery brewing builders bus cafe campus capital car care cars casino center
    centre chapel chapter charter choir chorus church city clinic club co college community company condominiums
    construction corp council county course creek cruise cruises cup dance dealer dealers dealership deli diner
    district drive electric elementary energy ensemble estates express farm farms fellowship festival films
    fitness foods foundation galleries gallery gardens golf grill grocery group guard guild gym hall health
    heights high highway hills home homes hospital hotel house inc industries inn insurance isd island jeep
    kennels labs lake landscaping lasers league living llc lodge lounge ltd lumber magazine mall manor marathon
    market mart middle mine mining ministries minivan mortgage motel motorcycle motorcycles motors motorsports
    mountain nursery opera orchestra parade park parkway partners pharmacy pictures pizza place plaza plumbing
    point powersports prep preschool press primary prize pub public race rally ranch realtors realty region resort
    restaurant ridge river road roofing rv salon school schools seas sedan seminary senior series shipyard
    snowmobile snowmobiles society solar spa springs square stables station store stores street studio studios suv
    tavern team technologies temple theater theatre tours tower towers town township trail train trains transit
    travel troupe truck trucks university utv valley van vans vehicle vehicles villa village villas vista water
    way winery wines woods yacht ymca""".split()
)
STATES = """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii
Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan
Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee
Texas Utah Vermont Virginia Washington Wisconsin Wyoming AL AK AZ AR CA CO CT DE FL GA HI ID IL IN
IA KS KY LA ME MD MA MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA
WI WV WY"""
IN_A_STATE = re.compile(
    rf",\s*(?:{'|'.join(STATES.split())}|New (?:York|Jersey|Mexico|Hampshire)|(?:North|South|West) [CDV][a-z]+)\b"
)
PLACE_BEFORE = frozenset(
    "camp dr fort lake miss mount mr mrs ms mt point port saint san santa st ss uss village".split()
)
# One may be good at these; one works at a firm of the other names.
OFFICE = frozenset("access excel outlook publisher teams word".split())
GOOD = frozenset("adept advanced competent experienced expert good great proficient skilled".split())
LIVED_OR_RIDDEN = re.compile(
    r"\b(?:born|drove|rode|raced|sailed|owned|owner of"
    r"|(?:lived?|lives|living|based|located|grew up) (?:in|near|at|on))\b",
    re.IGNORECASE,
)
# What nobody does to a product of this kind, but to a snowmobile or with a person.
NOT_DONE_WITH_IT = frozenset(
    """attended bought dated fixed hired interviewed joined married met owned parked played repaired rented serviced
    sold toured towed visited washed""".split()
)
WORDS_SEEN = 4


def is_other_name(text: str, start: int, end: int) -> bool:
    """Whether the product's name at this place of the text is part of the name of a place, a company or a person."""
    line_start = max(text.rfind("\n", 0, start) + 1, start - 60)
    before, after = text[line_start:start], text[end : end + 60].split("\n")[0]
    earlier = WORD.findall(before)
    last = earlier[-1].casefold() if before[-1:] == " " and earlier else ""
    if last in NOT_DONE_WITH_IT or (last in PLACE_BEFORE and earlier[-1][0].isupper()):
        return True
    if (
        last == "at"
        and text[start:end].casefold() not in OFFICE
        and not GOOD & {word.casefold() for word in earlier[-3:]}
    ):
        return True
    if LIVED_OR_RIDDEN.search(before) or (IN_A_STATE.match(after) and not before.rstrip().endswith(",")):
        return True
    return _goes_on(after)


def _goes_on(after: str) -> bool:
    """Whether what stands after a product's name goes on with it to another name."""
    if not after.startswith(" "):
        return False
    for number, piece in enumerate(after.split()[:WORDS_SEEN]):
        word = WORD.match(piece)
        if not word:
            return False
        low, is_title = word[0].casefold(), word[0].istitle()
        if number == 0 and low == "of":  # Voyager of the Seas
            return True
        if low in KINDS and (is_title or number == 0):
            return True
        if not is_title:
            return False
        if number == 0 and low not in COMPANIONS:
            return True
        if word[0] != piece:  # a comma or a full stop ends the name
            return False
    return False
