"""A mapping that forgets its oldest entries, for what is worth remembering only while the process lives."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """The `most` entries that were put or made last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[_Key, _Value] = OrderedDict()

    def __contains__(self, key: _Key) -> bool:
        return key in self._entries

    def get(self, key: _Key) -> _Value | None:
        return self._entries.get(key)

    def put(self, key: _Key, value: _Value) -> _Value:
        """Set an entry, now the youngest."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._most:
            self._entries.popitem(last=False)
        return value

    def made(self, key: _Key, make: Callable[[], _Value]) -> _Value:
        """The entry of a key, made where there is none; either way the youngest from now on."""
        return self.put(key, self._entries[key] if key in self._entries else make())

    def forget(self, key: _Key) -> None:
        self._entries.pop(key, None)
