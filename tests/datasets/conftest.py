"""What tests of imported data share."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from guides.datasets import models

# What imports write; the links of states are content of guides.
IMPORTED = [
    model
    for model in apps.get_app_config("datasets").get_models()
    if model is not models.StateLink and not model._meta.proxy
]


@pytest.fixture
def run(db):
    """Run a command and return what it says."""

    def call(*args, **options):
        out = StringIO()
        call_command(*map(str, args), stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return call


@pytest.fixture
def refused(run):
    """Run an import that must be refused in one line with nothing changed, and return the line."""

    def call(*args, **options):
        before = everything()
        with pytest.raises(CommandError) as error:
            run(*args, **options)
        assert error.value.returncode == 1
        assert "\n" not in str(error.value)
        assert everything() == before
        return str(error.value)

    return call


def everything():
    """All that imports write, to see that nothing changed."""
    kept = (
        models.Dataset,
        models.ImportedObservation,
        models.Occupation,
        models.OccupationTitle,
        models.OccupationProfile,
        models.OccupationBlock,
        models.WageEstimate,
        models.Projection,
        models.UtilizationFactor,
    )
    return [list(model.objects.order_by("pk").values()) for model in kept]
