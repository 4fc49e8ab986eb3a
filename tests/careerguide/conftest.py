"""What tests of the site as a whole share."""

import json
import logging

import pytest


@pytest.fixture
def audit(caplog):
    """The lines of the audit log so far, as dictionaries."""
    logger = logging.getLogger("careerguide.audit")
    logger.addHandler(caplog.handler)
    yield lambda: [json.loads(record.getMessage()) for record in caplog.records if record.name == logger.name]
    logger.removeHandler(caplog.handler)
