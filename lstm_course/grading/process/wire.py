"""Send values to the learner's process and back: JSON with a length in front, never pickle.

Reading such a message can build numbers, text, arrays and the course's own containers,
and nothing else: it runs no code that the other side sent.
"""

import base64
import json
import sys
from dataclasses import fields, is_dataclass
from importlib import import_module
from types import FunctionType
from typing import Any, BinaryIO

from numpy import array, broadcast_to, dtype, frombuffer, nan, ndarray
from numpy.random import Generator, default_rng

from ...checks.values import printable

MAX_NUMBERS = 5_000_000
MAX_MESSAGE = 200_000_000
_KIND = "~"


def send(pipe: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message: eight bytes of length, then JSON."""
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", errors="replace")
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def receive(pipe: BinaryIO) -> dict[str, Any] | None:
    """Read one message; None when the other side is gone.

    Raises
    ------
    ValueError
        When the message is too long or is not JSON.
    """
    head = pipe.read(8)
    if len(head) < 8:
        return None
    length = int.from_bytes(head, "big")
    if length > MAX_MESSAGE:
        raise ValueError(f"message of {length} bytes; expected at most {MAX_MESSAGE}")
    data = pipe.read(length)
    return json.loads(data) if len(data) == length else None


def pack(value: Any) -> Any:
    """Turn a value into what JSON can hold; what cannot be sent becomes its name and text."""
    if value is None or isinstance(value, bool | int | float | str):
        return _cut(value)
    if isinstance(value, ndarray):
        return _pack_array(value)
    if isinstance(value, tuple):
        return {_KIND: "tuple", "items": [pack(part) for part in value]}
    if isinstance(value, list):
        return [pack(part) for part in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {_KIND: "dict", "items": [[key, pack(part)] for key, part in value.items()]}
    if value is ...:
        return {_KIND: "stub"}
    if isinstance(value, Generator):
        return {_KIND: "rng", "state": json.loads(json.dumps(value.bit_generator.state))}
    if _ours(value) and is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: pack(getattr(value, f.name)) for f in fields(value) if f.init}
        return {_KIND: "record", "name": _name(type(value)), "parts": parts}
    if _ours(value) and isinstance(value, FunctionType):
        return {_KIND: "function", "name": _name(value)}
    return {_KIND: "other", "type": type(value).__name__, "text": printable(_text(value))}


def unpack(data: Any) -> Any:
    """Turn what `pack` made back into a value."""
    if isinstance(data, list):
        return [unpack(part) for part in data]
    if not isinstance(data, dict):
        return data
    return _UNPACK[data[_KIND]](data)


def sendable(value: Any) -> bool:
    """Tell whether `unpack(pack(value))` gives the value again."""
    return '"~": "other"' not in json.dumps(pack(value))


def _pack_array(value: ndarray) -> dict[str, Any]:
    if value.dtype.kind not in "fiub":
        return {_KIND: "other", "type": f"array of {value.dtype}", "text": _text(value)}
    packed = {_KIND: "array", "dtype": value.dtype.str, "shape": list(value.shape)}
    if value.size <= MAX_NUMBERS:
        packed["data"] = base64.b64encode(array(value, order="C").tobytes()).decode()
    return packed


def _unpack_array(data: dict[str, Any]) -> ndarray:
    """Return the array; one that was too large to send keeps its shape and holds nan."""
    shape = tuple(data["shape"])
    if "data" not in data:
        return broadcast_to(array(nan), shape)
    flat = frombuffer(base64.b64decode(data["data"]), dtype=dtype(data["dtype"]))
    return flat.reshape(shape).copy()


def _unpack_rng(data: dict[str, Any]) -> Generator:
    rng = default_rng()
    rng.bit_generator.state = data["state"]
    return rng


def _unpack_other(data: dict[str, Any]) -> Any:
    """Return a stand-in that shows the type and the text of what could not be sent."""
    return type(data["type"], (), {"__repr__": lambda self: data["text"]})()


def _unpack_named(data: dict[str, Any]) -> Any:
    module, _, name = data["name"].partition(":")
    if module.split(".")[0] != "lstm_course" or not name.isidentifier():
        raise ValueError(f"{data['name']!r} is not part of the course")
    found = getattr(import_module(module), name)
    if data[_KIND] == "function":
        return found
    return found(**{key: unpack(part) for key, part in data["parts"].items()})


_UNPACK = {
    "array": _unpack_array,
    "tuple": lambda data: tuple(unpack(part) for part in data["items"]),
    "dict": lambda data: {key: unpack(part) for key, part in data["items"]},
    "stub": lambda data: ...,
    "rng": _unpack_rng,
    "record": _unpack_named,
    "function": _unpack_named,
    "other": _unpack_other,
}


def _ours(value: Any) -> bool:
    """Tell whether a value is of the course and stands in a module under its own name."""
    kind = value if isinstance(value, FunctionType) else type(value)
    module = str(getattr(kind, "__module__", ""))
    home = sys.modules.get(module)
    return module.split(".")[0] == "lstm_course" and getattr(home, kind.__name__, None) is kind


def _name(kind: Any) -> str:
    return f"{kind.__module__}:{kind.__name__}"


def _cut(value: Any) -> Any:
    return value[:10_000] if isinstance(value, str) else value


def _text(value: Any) -> str:
    try:
        return repr(value)[:200]
    except Exception as error:
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
