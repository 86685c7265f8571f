"""The base of every answer."""

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """Base of the answers: no surprises in, nothing changed after."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )

    def to_json(self) -> bytes:
        """Return UTF-8 JSON; equal payloads give equal bytes."""
        return self.model_dump_json().encode()
