"""Neutral addresses on static hosts: the redirects of `middleware` as files for Netlify, nginx and Apache.

These hosts know languages by prefixes, so the files list the ranges that lead to each locale: those to whose
readers a page may offer it, which are fewer than CLDR matches. nginx and Apache take the first language of
a header that there is, for browsers list the best one first, and pass over what has q=0. Netlify looks at the
first language alone, or at a cookie `nf_lang` if the site sets one.
Sources: Netlify's "Redirect options"; nginx's ngx_http_map_module and ngx_http_rewrite_module; Apache's
mod_setenvif, mod_rewrite and mod_headers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from urllib.parse import quote

from l10n.prompts.addresses import DEFAULT, Addresses
from l10n.prompts.tables import ranges

Versions = Mapping[str, str]
_ABOUT = "# Neutral addresses lead to a visitor's language. Made by `l10n redirects`; do not edit."
_CACHE = "private, no-cache"


def netlify(addresses: Addresses) -> str:
    """The file `_redirects`. The first rule that fits wins; with "!" over a file at that address, too."""
    lines = [_ABOUT]
    for address, versions in addresses.neutral.items():
        if address.endswith("/") and address != "/":
            continue  # to Netlify it is the same as without the slash
        lines += [
            f"{quote(address)} {quote(page)} 302! Language={','.join(tags)}"
            for tags, page in _runs(versions)
            if page
        ]
        lines += [f"{quote(address)} {quote(versions[DEFAULT])} 302"] if DEFAULT in versions else []
    return _text(lines)


def _runs(versions: Versions) -> Iterator[tuple[list[str], str]]:
    """Ranges of one length that lead to one page, and that page; the longest ranges first."""
    default = versions.get(DEFAULT, "")
    found = [(tag, versions.get(locale, default)) for tag, locale in ranges(_locales(versions)).items()]
    found.sort(key=lambda each: (-each[0].count("-"), each[1], each[0]))
    for (_, page), run in groupby(found, key=lambda each: (each[0].count("-"), each[1])):
        yield [tag for tag, _ in run], page


def nginx(addresses: Addresses) -> str:
    """Maps for the block `http`, and then locations for the block `server`."""
    maps, locations = ["# In the block http:"], ["# In the block server:"]
    for number, group in enumerate(_groups(addresses), 1):
        name, versions = f"$l10n_{number}", group[0][1]
        maps += [f"map $http_accept_language {name} {{", f'  default "{_default(versions)}";']
        maps += [f'  "~*{pattern}" {locale};' for locale, pattern in _patterns(_locales(versions))]
        maps.append("}")
        for address, each in group:
            locations += _location(address, each, name)
    return _text([_ABOUT, *maps, *locations])


def _location(address: str, versions: Versions, name: str) -> Iterator[str]:
    there = f"return 302 /{name}{quote(_rest(versions))}$is_args$args;"
    yield f'location = "{_quoted(address)}" {{'
    yield '  add_header Vary "Accept-Language" always;'
    yield f'  add_header Cache-Control "{_CACHE}" always;'
    if _default(versions):
        yield f"  {there}"
    else:
        yield f"  if ({name}) {{ {there} }}"
        yield f"  try_files {'/index.html' if address == '/' else '$uri'} =404;"
    yield "}"


def apache(addresses: Addresses) -> str:
    """The file `.htaccess` of the site's folder, or a part of its virtual host."""
    lines = [_ABOUT, "RewriteEngine On"]
    for number, group in enumerate(_groups(addresses), 1):
        name, versions = f"L10N_{number}", group[0][1]
        if _default(versions):
            lines.append(f'SetEnvIf Request_URI "^" {name}={_default(versions)}')
        for locale, pattern in _patterns(_locales(versions)):
            lines.append(f'SetEnvIfNoCase Accept-Language "{pattern}" {name}={locale}')
        for rest, same in groupby(group, key=lambda each: _rest(each[1])):
            path = f'"^/?(?:{"|".join(_quoted(re.escape(address[1:])) for address, _ in same)})$"'
            rest = quote(rest).replace("%", "\\%")
            lines.append(f"RewriteRule {path} - [E=L10N_NEUTRAL:1]")
            lines.append(f'RewriteCond "%{{ENV:{name}}}" .')
            lines.append(f'RewriteRule {path} "/%{{ENV:{name}}}{rest}" [R=302,L,NE]')
    for variable in ("L10N_NEUTRAL", "REDIRECT_L10N_NEUTRAL"):
        lines.append(f"Header always merge Vary Accept-Language env={variable}")
        lines.append(f'Header always set Cache-Control "{_CACHE}" env={variable}')
    return _text(lines)


HOSTS: Mapping[str, Callable[[Addresses], str]] = {"apache": apache, "netlify": netlify, "nginx": nginx}


def _groups(addresses: Addresses) -> list[list[tuple[str, Versions]]]:
    """Addresses whose pages are in the same locales, with the same default."""
    groups: dict[tuple[tuple[str, ...], str], list[tuple[str, Versions]]] = defaultdict(list)
    for address, versions in addresses.neutral.items():
        groups[_locales(versions), _default(versions)].append((address, versions))
    return list(groups.values())


def _locales(versions: Versions) -> tuple[str, ...]:
    return tuple(locale for locale in versions if locale != DEFAULT)


def _default(versions: Versions) -> str:
    """The locale of the default, or ""."""
    page = versions.get(DEFAULT)
    return next((locale for locale in _locales(versions) if versions[locale] == page), "")


def _rest(versions: Versions) -> str:
    """What follows the locale in the addresses of the pages: "/tram.html"."""
    locale = _locales(versions)[0]
    return versions[locale].removeprefix(f"/{locale}")


def _patterns(locales: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each locale, and the headers whose first language that there is leads to it."""
    leads = ranges(locales)
    known = _element([_range(tag, leads) for tag, lead in leads.items() if lead])
    for locale in locales:
        own = _element([_range(tag, leads) for tag, lead in leads.items() if lead == locale])
        yield locale, f"^(?:(?!{known})[^,]*,)*{own}"


def _range(tag: str, leads: Mapping[str, str]) -> str:
    """A range, but for longer ones that lead elsewhere."""
    longer = [each for each, lead in leads.items() if each.startswith(f"{tag}-") and lead != leads[tag]]
    tails = "|".join(each.removeprefix(f"{tag}-") for each in longer)
    return rf"{tag}(?!-(?:{tails})(?![a-z0-9]))" if tails else tag


def _element(tags: list[str]) -> str:
    """One language of a header, with what it may go on with, unless its weight is 0."""
    return rf"\s*(?:{'|'.join(tags)})(?:-[a-z0-9-]*)?\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?=,|$)"


def _quoted(text: str) -> str:
    return text.replace('"', '\\"')


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
