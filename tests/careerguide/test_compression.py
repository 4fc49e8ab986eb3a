"""What the page store does not keep is compressed by Django, so that its size tells nothing of what is in it."""

import gzip

import pytest
from django.test import Client

from tests.factories import make_guide

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/compare/?g=bookbinder", "/search/?q=glue", "/plan/", "/no-such-page/", "/admin/login/"]
)
def test_a_page_that_is_not_stored_comes_compressed_with_a_length_by_chance(client: Client, address: str) -> None:
    make_guide()
    plain = client.get(address)
    answers = [client.get(address, headers={"Accept-Encoding": "gzip, br"}) for _time in range(12)]
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, *answers):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.headers["Content-Length"] == str(len(answer.content))
    for answer in answers:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.content) < len(plain.content) / 1.5
        assert gzip.decompress(answer.content).rstrip().endswith(b"</html>")
    # The same bytes packed twice have not the same size.
    assert len({len(answer.content) for answer in answers}) > 3
