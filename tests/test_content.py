"""The first guide says every fact of its source text, in our own words."""

import subprocess
import sys

import pytest
from django.conf import settings

CHECK = settings.BASE_DIR.parent / "shared" / "checks" / "content.py"


@pytest.mark.skipif(not CHECK.exists(), reason="Facts are not held against the source text: ../shared is not there.")
def test_every_fact_is_there_and_no_sentence_is_copied(client, lta, tmp_path):
    page = tmp_path / "print.html"
    page.write_bytes(client.get("/guides/library-technical-assistant/print/").content)
    result = subprocess.run([sys.executable, str(CHECK), str(page)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "146 of 146 facts present, 0 copied runs" in result.stdout


def test_no_figure_of_a_shipped_guide_lacks_source_or_period(lta):
    from guides.models import Figure, Observation

    assert not Figure.objects.filter(observations=None).exists()
    assert not Observation.objects.filter(period="").exists()
