"""Links that lead elsewhere in another language: which entries hold them, and what may stand in one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from l10n.laziness import expression
from l10n.model import Entry, Key, State

CONTEXT = "link"
"""The context of entries whose source is an address and whose target is the address for a locale."""
_SIGNS = r"[\w\-.~/?#@&+,;=%:!]"
_ADDRESS = expression(rf"(?:(?:https?://|mailto:|tel:)|(?![\w+.\-]*:)){_SIGNS}+", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a text may stand as the address of a link: of the web, of mail, of a phone, or a relative one.

    No other scheme is taken (`javascript:`, `data:`), and no sign that some format would take for the
    end of an address; a URL has percent signs for those (RFC 3986, section 2.1).
    """
    return bool(_ADDRESS.fullmatch(text))


def localized_links(entries: Mapping[Key, Entry]) -> dict[str, str]:
    """Address -> the address for the locale, as far as reviewed entries give one that may stand there."""
    return {
        source: entry.target
        for (context, source), entry in entries.items()
        if context == CONTEXT and entry.state is State.REVIEWED and is_address(entry.target)
    }
