"""Fields that hold what editors write."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxLengthValidator
from django.db import models

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


class LimitedTextField(_TextField):
    """A long text whose `max_length` holds wherever it is validated; Django's own checks it in forms only."""

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)  # type: ignore[misc]  # nobody gives it by its place
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value: Any) -> Any:
        """Return the text with line ends as files have them: a browser sends two signs, which no reader sees change."""
        value = super().to_python(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
