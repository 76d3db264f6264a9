"""Model fields for what people type: cleaned at the door, so that nothing hostile is ever stored."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.refusals import Invalid
from tagwerk.kit.text import Unreadable, clean

if TYPE_CHECKING:  # Django's fields take no parameters at run time
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
else:
    CharField, TextField = models.CharField, models.TextField

UNREADABLE = _("Dieser Text enthält Zeichen, die nicht angezeigt werden können. Bitte tippen Sie ihn neu ein.")


def cleaned(value: object, *, lines: bool) -> str:
    """Give cleaned text; raises `ValidationError` on what cannot be text."""
    try:
        return clean(str(value), lines=lines)
    except Unreadable as fault:
        raise ValidationError(UNREADABLE, code="unreadable") from fault


def readable(value: str, field: str, *, lines: bool = False) -> str:
    """Give cleaned text for an action; raises `Invalid` for the field on what cannot be text."""
    try:
        return clean(value, lines=lines)
    except Unreadable as fault:
        raise Invalid("unreadable", UNREADABLE, errors={field: UNREADABLE}) from fault


class LineField(CharField):
    """One line of text."""

    def to_python(self, value: Any) -> Any:
        """Clean the value."""
        return cleaned(value, lines=False) if isinstance(value, str) else super().to_python(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        """Clean what is stored, whoever set it."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class ProseField(TextField):
    """Text of several lines."""

    def to_python(self, value: Any) -> Any:
        """Clean the value."""
        return cleaned(value, lines=True) if isinstance(value, str) else super().to_python(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        """Clean what is stored, whoever set it."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
