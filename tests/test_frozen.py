"""Records are frozen, whatever makes them."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest

import flipflop as ff
from flipflop.when.frozen import frozen


@frozen
class Pair:
    """Two values, the second not negative."""

    one: str
    two: int = 2

    def __post_init__(self) -> None:
        if self.two < 0:
            raise ValueError(self.two)


def test_a_record_is_made_compared_and_shown_as_a_dataclass_is() -> None:
    assert Pair("a") == Pair(one="a", two=2) != Pair("a", 3)
    assert hash(Pair("a")) == hash(Pair("a", 2))
    assert repr(Pair("a")) == "Pair(one='a', two=2)"
    assert [field.name for field in fields(Pair)] == ["one", "two"]
    assert str(inspect.signature(Pair)) == "(one: 'str', two: 'int' = 2) -> None"


def test_a_record_can_be_copied_pickled_and_replaced() -> None:
    moment = ff.When.parse("2017-07-09")

    assert copy.copy(moment) == pickle.loads(pickle.dumps(moment)) == moment
    assert replace(moment, approximate=True).approximate


def test_a_record_cannot_be_changed() -> None:
    pair = Pair("a")

    with pytest.raises(FrozenInstanceError):
        pair.one = "b"  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        pair.three = 3  # type: ignore[attr-defined]


def test_a_record_that_lacks_a_field_or_breaks_its_rule_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Pair.__init__\(\) missing 1 required positional argument: 'one'"):
        Pair()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="-1"):
        Pair("a", -1)
