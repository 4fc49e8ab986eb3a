"""Fields that hold what editors write."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models


class LimitedTextField(models.TextField):
    """A long text whose `max_length` holds wherever it is validated; Django's own checks it in forms only."""

    def __init__(self, *args: Any, max_length, **kwargs: Any) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value):
        """Return the text with line ends as files have them: a browser sends two signs, which no reader sees change."""
        value = super().to_python(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
