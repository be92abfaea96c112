"""Translation memory: what has been translated before, found again exactly or nearly."""

from __future__ import annotations

from l10n.memory.looking import PairMemory
from l10n.memory.storing import Memory, Segment, Stat, segments_of

__all__ = ["Memory", "PairMemory", "Segment", "Stat", "segments_of"]
