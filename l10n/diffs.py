"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from l10n.inline import CODE
from l10n.laziness import expression

_TOKEN = expression(rf"{CODE.pattern}|\w+|\s+|.", re.DOTALL)


def word_diff(old: str, new: str) -> str:
    """The new text with what it lacks of the old one: "The tram [-is-]{+was+} back."

    The notation is that of GNU wdiff and of `git diff --word-diff`. Codes count as words.
    """
    before, after = ([match[0] for match in _TOKEN.finditer(text)] for text in (old, new))
    out = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[i:j]), "".join(after[k:m])
        if tag == "equal":
            out.append(come)
        else:
            out.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return "".join(out)
