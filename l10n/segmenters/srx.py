"""A team's own rules: a file in SRX 2.0, applied through choppa-srx (extra `srx`).

SRX is the Segmentation Rules eXchange of GALA-LISA and TTT, 2008. A text is cut where the rules say so,
and the white space at the cuts belongs to no segment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
