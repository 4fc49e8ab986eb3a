"""The shared throttle: counts writes by client, believes a proxy only when it is named."""

import pytest

from careerguide import throttle
from careerguide.models import RecentWrites
from careerguide.proxy import Proxy
from guides.registry.throttling import Limit

LIMIT = Limit("letters", most=2, seconds=60)


@pytest.mark.django_db
def test_one_client_waits_while_another_writes():
    assert [throttle.count(LIMIT, "198.51.100.1", now=120) for _ in range(3)] == [0, 0, 60]
    assert throttle.count(LIMIT, "198.51.100.2", now=121) == 0
    assert throttle.count(LIMIT, "198.51.100.1", now=180) == 0, "the next stretch starts anew"


@pytest.mark.django_db
def test_no_address_is_kept_and_old_counts_go():
    throttle.count(LIMIT, "198.51.100.1", now=120)
    assert "198.51" not in str(RecentWrites.objects.values())
    throttle.count(LIMIT, "198.51.100.1", now=9_000)
    assert RecentWrites.objects.count() == 1


@pytest.mark.parametrize("forwarded", ["", "unknown", "203.0.113.9, <script>", "'; --"])
def test_what_is_no_address_is_not_taken_for_one(rf, settings, forwarded):
    settings.PROXY_ADDRESS = "192.0.2.1"
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert throttle.client_address(request) == "192.0.2.1"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", "::ffff:198.51.100.1"),
        ("", ""),
    ],
)
def test_all_addresses_of_a_household_are_one_client(address, counted):
    assert throttle.network(address) == counted


@pytest.mark.parametrize(
    ("address", "scheme", "left"),
    [("192.0.2.1", "https", "https"), ("192.0.2.1", "gopher", None), ("198.51.100.1", "https", None)],
)
def test_only_the_proxy_says_how_it_was_reached(address, scheme, left):
    passed = {}
    proxy = Proxy(lambda environ, start_response: passed.update(environ), "192.0.2.1")
    proxy({"REMOTE_ADDR": address, "HTTP_X_FORWARDED_PROTO": scheme, "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, None)
    assert passed.get("HTTP_X_FORWARDED_PROTO") == left
    assert ("HTTP_X_FORWARDED_FOR" in passed) == (address == "192.0.2.1")


@pytest.mark.parametrize(
    ("proxy", "expected"),
    [("", "192.0.2.1"), ("192.0.2.1", "203.0.113.9"), ("192.0.2.7", "192.0.2.1")],
)
def test_a_proxy_is_believed_only_when_named(rf, settings, proxy, expected):
    settings.PROXY_ADDRESS = proxy
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": "10.0.0.1, 203.0.113.9"})
    assert throttle.client_address(request) == expected
