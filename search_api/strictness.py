"""What all bodies of requests have in common: no key, type or number that was not expected."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from discovery.errors import InvalidInput

MAX_VALUES = 200
MAX_VALUE_LENGTH = 200

T = TypeVar("T")


class Strict(BaseModel):
    """Base of the bodies."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


def ask_domain(build: Callable[[], T]) -> T:
    """Build a domain value inside a validator; its problems travel in the error's context."""
    try:
        return build()
    except InvalidInput as error:
        context = {"problems": error.problems, "text": str(error)}
        raise PydanticCustomError("domain", "{text}", context) from None
