"""Fields that hold what editors write."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.forms import Field
from django.utils.deconstruct import deconstructible

from .. import figures_in_texts

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


@deconstructible
class MaxProseLengthValidator(MaxLengthValidator):
    """Refuses a text that readers would find too long: a figure's name in it counts as long as a number."""

    def clean(self, x: Any) -> int:
        return figures_in_texts.length(x)


class LimitedTextField(_TextField):
    """A long text whose `max_length` holds wherever it is validated; Django's own checks it in forms only.

    A text that may name figures is measured as readers see it, so its form leaves measuring to the model.
    """

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)  # type: ignore[misc]  # nobody gives it by its place
        self.validators.append(MaxProseLengthValidator(max_length))

    def formfield(self, **kwargs: Any) -> Field:
        return super().formfield(**{"max_length": None} | kwargs)  # type: ignore[return-value]  # it has no choices

    def to_python(self, value: Any) -> Any:
        """Return the text with line ends as files have them: a browser sends two signs, which no reader sees change."""
        value = super().to_python(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
