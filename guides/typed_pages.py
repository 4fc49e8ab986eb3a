"""What was typed into the forms of a page of the desk that are no row's, as its templates and views need it.

guides/admin/unsaved.py (`keeps_typed`) says how a page comes to keep it.
"""

from django.db.models import Q
from django.http import HttpRequest, QueryDict

from .models import UnsavedText
from .models.unsaved import UnsavedTextQuerySet

# By which a form says which open page it is sent from, and a button which text is to be taken back.
KEY, TAKE_BACK = "_unsaved", "_take_back"
# So many texts are offered on one page.
MOST_OFFERED = 5


def of_page(request: HttpRequest) -> UnsavedTextQuerySet:
    """The texts that the person typed into the forms of a page and did not send, whatever its query was then."""
    own = Q(address=request.path) | Q(address__startswith=f"{request.path}#")
    return UnsavedText.objects.waiting().filter(own, author=request.user.pk)


def before(request: HttpRequest) -> list[UnsavedText]:
    """What the person typed into the forms of a page earlier: the newest, none where one of them is shown already."""
    return list(of_page(request)[:MOST_OFFERED]) if request.method == "GET" and typed_into(request) is None else []


def typed_into(request: HttpRequest) -> QueryDict | None:
    """The text that a request to a page asked to take back, as it would be sent; None where it asked for none."""
    return getattr(request, "typed", None)
