"""The application log: days that do not go together are kept, and said."""

import pytest

from .conftest import address, make_application, new

DAYS = ["closes_on", "applied_on", "interview_on", "answered_on"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"closes_on": "2026-05-01", "applied_on": "2026-05-02"}, "You applied after the closing date"),
        ({"applied_on": "2026-05-02", "interview_on": "2026-05-01"}, "The interview is before the day you applied"),
        ({"applied_on": "2026-05-02", "answered_on": "2026-05-01"}, "The answer came before the day you applied"),
        ({"interview_on": "2026-05-02", "answered_on": "2026-05-01"}, "The answer came before the interview"),
        ({"applied_on": "2090-05-02"}, "on a day that is still to come"),
        (dict.fromkeys(DAYS, "2026-05-02"), ""),
        ({"closes_on": "2026-05-04", "applied_on": "2026-05-02", "interview_on": "2026-05-09"}, ""),
        ({}, ""),
    ],
)
def test_days_out_of_order_are_kept_and_said_wherever_the_application_stands(client, plan, days, said):
    where = address("applications")
    sent = new("applications", post="Binder", employer="Hill College", status="offer", answered_on="2026-06-01")
    assert client.post(where, sent | days).status_code == 302
    for page in (where, "/plan/applications/", "/plan/applications/?view=table"):
        html = client.get(page).content.decode()
        if said:
            assert said in html
        else:
            assert "is one of the two" not in html
            assert "still to come" not in html


def test_an_application_that_is_only_saved_may_have_days_to_come(plan):
    assert make_application(plan, closes_on=None, applied_on=None).remarks() == []
