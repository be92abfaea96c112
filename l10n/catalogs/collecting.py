"""Collecting: keeping the collector of circular garbage from work that makes none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector off; also a decorator.

    Entries never refer to each other in circles. It would look through all of them again and again while
    they come to be, which takes a fifth of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
