"""Views that are marked as the same for everyone cannot read who asks; every reader page that is stored is marked."""

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token

from guides.registry.public_pages import ReadsThePerson, is_same_for_everyone, same_for_everyone
from tests.addresses import every_address

READS = {
    "a cookie": lambda request: request.COOKIES.get("plan"),
    "any cookie": lambda request: list(request.COOKIES),
    "a session": lambda request: request.session.get("x"),
    "a user": lambda request: request.user.is_authenticated,
    "whether there is a user": lambda request: bool(request.user),
    "a token": get_token,
}


@pytest.mark.parametrize("read", READS.values(), ids=list(READS))
def test_a_view_for_everyone_reads_nobody(rf, read):
    @same_for_everyone
    def view(request):
        read(request)
        return HttpResponse("ok")

    request = rf.get("/")
    request.session, request.user = {"x": 1}, object()
    with pytest.raises(ReadsThePerson, match="same for everyone"):
        view(request)
    assert request.session == {"x": 1}
    assert request.COOKIES == {}


def test_what_a_plan_or_a_form_answers_is_never_for_everyone():
    marked = {address.name for address in every_address() if getattr(address.view, "same_for_everyone", False)}
    assert {"guides:home", "guides:section", "toolkit:resume"} <= marked
    assert not [name for name in marked if name.startswith(("plan:", "admin:"))]
    assert not marked & {"guides:report", "readiness:readiness", "readiness:skills_gap", "toolkit:resume_build"}


def test_an_address_that_does_not_exist_is_for_nobody():
    assert not is_same_for_everyone("/nothing/at/all/")
