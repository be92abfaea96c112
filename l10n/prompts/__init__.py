"""The language prompt: which language to offer a visitor, in which words, and the script that asks."""

from __future__ import annotations

from l10n.prompts.addresses import Addresses, site_addresses
from l10n.prompts.browser import script
from l10n.prompts.deciding import Negotiation, negotiate, suggest
from l10n.prompts.headers import Wishes, parse_accept_language
from l10n.prompts.matching import Match, closest, match
from l10n.prompts.words import MESSAGES, Words, site_words

__all__ = [
    "MESSAGES",
    "Addresses",
    "Match",
    "Negotiation",
    "Wishes",
    "Words",
    "closest",
    "match",
    "negotiate",
    "parse_accept_language",
    "script",
    "site_addresses",
    "site_words",
    "suggest",
]
