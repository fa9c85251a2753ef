"""Writes ONNX models without the onnx package: the few messages of its protobuf schema that are needed.

Field numbers are those of onnx.proto3, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32] | NDArray[np.uint8]

_ELEMENT_TYPES = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2}
_FLOAT_ATTRIBUTE, _INT_ATTRIBUTE = 1, 2
_IR_VERSION, _OPSET, _MICROSOFT_OPSET = 8, 17, 1
MICROSOFT = "com.microsoft"
"""Domain of ONNX Runtime's own operators,
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md."""


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _integer(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _float(field: int, value: float) -> bytes:
    return _varint(field << 3 | 5) + np.float32(value).tobytes()


def _message(field: int, content: bytes | str) -> bytes:
    data = content.encode() if isinstance(content, str) else content
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _tensor(name: str, array: Array) -> bytes:
    dims = b"".join(_integer(1, size) for size in array.shape)
    return dims + _integer(2, _ELEMENT_TYPES[array.dtype]) + _message(8, name) + _message(9, array.tobytes())


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    dims = (_integer(1, size) if isinstance(size, int) else _message(2, size) for size in shape)
    tensor_type = _integer(1, 1) + _message(2, b"".join(_message(1, dim) for dim in dims))
    return _message(1, name) + _message(2, _message(1, tensor_type))


class Graph:
    """A graph of float32 values that grows node by node."""

    def __init__(self) -> None:
        self._nodes = bytearray()
        self._weights = bytearray()
        self._count = 0

    def weight(self, array: Array) -> str:
        """Hold a constant and give its name."""
        name = self._name("w")
        self._weights += _message(5, _tensor(name, array))
        return name

    def node(self, kind: str, inputs: Sequence[str], *, domain: str = "", **attributes: float) -> str:
        """Add an operator with one output and give the output's name; int attributes stay integers."""
        output = self._name("v")
        content = b"".join(_message(1, name) for name in inputs) + _message(2, output) + _message(4, kind)
        content += b"".join(_message(5, _attribute(name, value)) for name, value in attributes.items())
        self._nodes += _message(1, content + _message(7, domain))
        return output

    def model(self, inputs: Mapping[str, Sequence[int | str]], outputs: Mapping[str, Sequence[int | str]]) -> bytes:
        """Give the whole model; a shape's size is a number, or a name where it varies."""
        graph = bytes(self._nodes) + _message(2, "graph") + bytes(self._weights)
        graph += b"".join(_message(11, _value(*entry)) for entry in inputs.items())
        graph += b"".join(_message(12, _value(*entry)) for entry in outputs.items())
        opsets = (("", _OPSET), (MICROSOFT, _MICROSOFT_OPSET))
        imports = b"".join(_message(8, _message(1, domain) + _integer(2, version)) for domain, version in opsets)
        return _integer(1, _IR_VERSION) + imports + _message(7, graph)

    def _name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _message(1, name) + _integer(3, value) + _integer(20, _INT_ATTRIBUTE)
    return _message(1, name) + _float(2, value) + _integer(20, _FLOAT_ATTRIBUTE)
