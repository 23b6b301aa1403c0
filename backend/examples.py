"""Example results, beside each function that flows call: `ivr.diagram` explores with them, nothing runs by them.

One example for each kind of result that a flow tells apart, the usual one first: it is the main line of drawings.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def examples(*results: object) -> Callable[[Function], Function]:
    """Note what a function may return; a lambda of its arguments but `work` gives a result that depends on them."""

    def noted(function: Function) -> Function:
        function.__dict__["examples"] = results
        return function

    return noted


def of(function: Callable[..., Any], *args: object) -> tuple[Any, ...]:
    """Return the example results of `function` for these arguments; none where none were noted."""
    results = getattr(function, "examples", ())
    return tuple(result(*args) if isinstance(result, FunctionType) else result for result in results)
