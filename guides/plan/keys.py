"""The key to a plan: a long random number that only the person holds. We keep its hash.

A key is written in five groups of six digits, so that it can be typed, dictated and read aloud in any language. The
sixth digit of a group is a check (Damm's, with the place of the group): five groups hold 25 random digits, 83 bits.
Plans made before have 22 letters instead, 128 bits, that only a link carries well; they go on working.

A browser holds a key of its own, by which it opens the plan, and which opens the plan's own key for it.
"""

import base64
import hashlib
import re
import secrets
from datetime import timedelta

from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpResponse
from stdnum import damm

GROUPS, GROUP_DIGITS = 5, 6
# Browsers keep a cookie for at most 400 days.
COOKIE_SECONDS = 400 * 24 * 60 * 60
# On a public computer the plan is closed once nobody has used it for so long.
IDLE = timedelta(minutes=20)
_NUMBER = re.compile(rf"[0-9]{{{GROUPS * GROUP_DIGITS}}}")
_OLD_FORM = re.compile(r"[A-Za-z0-9_-]{22}")
# Of what shows the plan to others: the word is the purpose's prefix.
_SHARED_FORM = re.compile(r"[a-z]{2,20}-[A-Za-z0-9_-]{22}")
_BROWSER_FORM = re.compile(r"browser-[A-Za-z0-9_-]{22}")
# Of a visit on a public computer: it opens the plan for a while, and never shows the plan's own key.
_VISIT_FORM = re.compile(r"visit-[A-Za-z0-9_-]{22}")
_NO_KEY = "0" * 22


def new_key() -> str:
    """Return a new key: 30 digits."""
    groups = (f"{secrets.randbelow(10 ** (GROUP_DIGITS - 1)):0{GROUP_DIGITS - 1}}" for _group in range(GROUPS))
    return "".join(f"{digits}{_check_digit(place, digits)}" for place, digits in enumerate(groups))


def new_visit_key() -> str:
    """Return a new key of a visit."""
    return f"visit-{secrets.token_urlsafe(16)}"


def new_browser_key() -> str:
    """Return a new key of a browser."""
    return f"browser-{secrets.token_urlsafe(16)}"


def new_shared_key(prefix: str) -> str:
    """Return a new key for others: the prefix of its purpose, such as `calendar` or `helper`, and a random word."""
    return f"{prefix}-{secrets.token_urlsafe(16)}"


def is_of_letters(key: str) -> bool:
    """Whether it has the form of keys of plans made before."""
    return bool(_OLD_FORM.fullmatch(key)) and not key.isdecimal()


def is_visit(key: str) -> bool:
    """Whether it is the key of a visit."""
    return bool(_VISIT_FORM.fullmatch(key))


def is_browsers(key: str) -> bool:
    """Whether it is the key of a browser."""
    return bool(_BROWSER_FORM.fullmatch(key))


def sealed(key: str, browser_key: str) -> str:
    """Return the plan's own `key` so that it can be read with that of the browser alone, which we do not keep."""
    return _seal(browser_key).encrypt(key.encode()).decode()


def unsealed(sealed_key: str, browser_key: str) -> str:
    """Return the plan's own key. Raises cryptography's InvalidToken where the browser's is another."""
    return _seal(browser_key).decrypt(sealed_key.encode()).decode()


def _seal(browser_key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"seal {browser_key}".encode()).digest()))


def _check_digit(place: int, digits: str) -> str:
    """The last digit of a group. It finds one wrong digit, two neighbors that are swapped, and groups out of order."""
    return str(damm.calc_check_digit(f"{place + 1}{digits}"))


def groups_of(key: str) -> list[str]:
    """The groups in which a key is written; a key of letters is one."""
    if not _NUMBER.fullmatch(key):
        return [key]
    return [key[start : start + GROUP_DIGITS] for start in range(0, len(key), GROUP_DIGITS)]


def wrong_groups(groups: list[str]) -> list[int]:
    """Return the places, from 1, of the groups of digits that cannot be right as they are."""
    return [
        place + 1
        for place, group in enumerate(groups)
        if len(group) != GROUP_DIGITS or _check_digit(place, group[:-1]) != group[-1]
    ]


def hashed(key: str) -> str:
    """Return the hash under which a plan is found.

    The same work for a right, a wrong and a malformed key. Plain SHA-256 will do: 83 random bits cannot be
    tried out, and because the database compares hashes, how long it takes says nothing about the key.
    """
    known = any(form.fullmatch(key) for form in (_NUMBER, _OLD_FORM, _SHARED_FORM))
    return hashlib.sha256((key if known else _NO_KEY).encode()).hexdigest()


def cookie_name() -> str:
    """The cookie's name; over https the prefix ties it to this host and to Secure."""
    return "__Host-plan" if settings.HTTPS else "plan"


def keep(response: HttpResponse, key: str) -> None:
    """Have the browser keep `key`; that of a visit only until the visit ends by itself."""
    seconds = int(IDLE.total_seconds()) if is_visit(key) else COOKIE_SECONDS
    response.set_cookie(cookie_name(), key, max_age=seconds, secure=settings.HTTPS, httponly=True, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Have the browser drop its key."""
    response.set_cookie(cookie_name(), "", max_age=0, secure=settings.HTTPS, httponly=True, samesite="Lax")
