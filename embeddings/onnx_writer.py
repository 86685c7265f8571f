"""Write an ONNX model file, with nothing but NumPy and the standard library.

The format is Protocol Buffers, and a graph needs a few small messages of it. Writing those here spares an
installation that only serves queries both `torch` and the `onnx` package, makes the export a matter
of a second, and gives the same bytes on every machine.
Field numbers are those of `onnx.proto`, which never change once given out.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

TYPE_FLOAT, TYPE_INT64 = 1, 7
_ELEMENT_TYPES = {"float32": TYPE_FLOAT, "int64": TYPE_INT64}
_VARINT, _BYTES, _FIXED32 = 0, 2, 5
_IR_VERSION = 9

Attribute = int | float | Sequence[int]


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # negative numbers are written as their 64-bit two's complement
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _attribute(name: str, value: Attribute) -> bytes:
    body = _text(1, name)
    if isinstance(value, float):
        return body + _varint(2 << 3 | _FIXED32) + struct.pack("<f", value) + _number(20, 1)
    if isinstance(value, int):
        return body + _number(3, value) + _number(20, 2)
    return body + b"".join(_number(8, item) for item in value) + _number(20, 7)


def _tensor(name: str, array: NDArray[np.generic]) -> bytes:
    little_endian = array.astype(array.dtype.newbyteorder("<"), copy=False)
    dims = b"".join(_number(1, size) for size in array.shape)
    head = dims + _number(2, _ELEMENT_TYPES[array.dtype.name]) + _text(8, name)
    return head + _bytes(9, little_endian.tobytes())


def _value(name: str, element_type: int, shape: Sequence[str | int]) -> bytes:
    dims = (_number(1, size) if isinstance(size, int) else _text(2, size) for size in shape)
    tensor_type = _number(1, element_type) + _bytes(2, b"".join(_bytes(1, dim) for dim in dims))
    return _text(1, name) + _bytes(2, _bytes(1, tensor_type))


class Graph:
    """An ONNX graph under construction: nodes are appended in the order they run.

    `node` and `constant` return the name of what they made, to be used as the input of later nodes.
    """

    def __init__(self, name: str, opset: int) -> None:
        self._name = name
        self._opset = opset
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def input(self, name: str, element_type: int, shape: Sequence[str | int]) -> str:
        """Declare an input; a dimension given as text is free and known by that name."""
        self._inputs.append(_value(name, element_type, shape))
        return name

    def output(self, name: str, element_type: int, shape: Sequence[str | int]) -> None:
        """Declare the value called `name` to be an output."""
        self._outputs.append(_value(name, element_type, shape))

    def constant(self, name: str, array: NDArray[np.generic]) -> str:
        """Add a constant tensor (float32 or int64)."""
        self._constants.append(_tensor(name, array))
        return name

    def node(self, operator: str, inputs: Iterable[str], output: str, **attributes: Attribute) -> str:
        """Add one operator with one output."""
        return self.split(operator, inputs, [output], **attributes)[0]

    def split(
        self, operator: str, inputs: Iterable[str], outputs: Sequence[str], **attributes: Attribute
    ) -> Sequence[str]:
        """Add one operator with several outputs."""
        body = b"".join(_text(1, name) for name in inputs) + b"".join(_text(2, name) for name in outputs)
        body += _text(3, outputs[0]) + _text(4, operator)
        body += b"".join(_bytes(5, _attribute(name, value)) for name, value in attributes.items())
        self._nodes.append(body)
        return outputs

    def serialise(self) -> bytes:
        """Return the model file."""
        return b"".join(self._model())

    def _model(self) -> Iterator[bytes]:
        parts = ((1, self._nodes), (5, self._constants), (11, self._inputs), (12, self._outputs))
        items = (_bytes(field, item) for field, part in parts for item in part)
        body = _text(2, self._name) + b"".join(items)
        yield _number(1, _IR_VERSION) + _text(2, "NicheScout")
        yield _bytes(7, body)
        yield _bytes(8, _text(1, "") + _number(2, self._opset))
