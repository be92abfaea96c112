"""The header of a catalog: its text <-> fields, and what they say of the catalog."""

from __future__ import annotations

from l10n import locales
from l10n.errors import CatalogError, ConfigError
from l10n.laziness import expression

Fields = tuple[tuple[str, str], ...]

LOCALE = "X-Locale"
"""The BCP 47 tag of a catalog, where gettext's Language cannot hold it: zh-Hant, sr-Latn-RS."""
SOURCE_LOCALE = "X-Source-Language"
NOBODY = "l10n <nobody@l10n.internal>"
"""Who stands in for people until there are some; `.internal` is reserved and reaches no one."""
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl"}
_VARIANTS = {"valencia"}
_LANGUAGE = expression(r"([A-Za-z]+(?:[-_][A-Za-z0-9]+)*)(?:\.[\w-]+)?(?:@([A-Za-z]+))?")
_HARMLESS = expression(r"[\w .,()@+-]*+")
_PLURALS = expression(r"\s*nplurals\s*=\s*([0-9]++)")
_MOST_FORMS = 100
_LONGEST_RULE = 1000


def parse_fields(text: str) -> Fields:
    """The text of a header -> names and values; a line without a colon has the name ""."""
    return tuple(_field(line) for line in text.removesuffix("\n").split("\n")) if text else ()


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    return (name.strip(), value.strip()) if colon else ("", line)


def serialize_fields(fields: Fields, before: str = "") -> str:
    """Fields -> the text of a header; those that stand in the text `before` keep its lines."""
    if fields == parse_fields(before):
        return before
    lines = {_field(line): line for line in before.split("\n")}
    return "".join(f"{lines.get(each) or _line(*each)}\n" for each in fields)


def _line(name: str, value: str) -> str:
    return f"{name}: {value}" if name else value


def locale_of(fields: Fields) -> str | None:
    """The BCP 47 tag of the catalog, or None for a template or where the header names no tag.

    Raises CatalogError for what could do harm as a name of files.
    """
    return _tag(_value(fields, LOCALE) or _value(fields, "Language"))


def source_locale_of(fields: Fields) -> str:
    """The BCP 47 tag of the source language; English where the header does not say."""
    value = _value(fields, SOURCE_LOCALE)
    return (_tag(value) if value != "C" else None) or "en"


def charset_of(fields: Fields) -> str:
    """The charset that the header declares, or "" where it does not."""
    return _value(fields, "Content-Type").partition("charset=")[2]


def _value(fields: Fields, name: str) -> str:
    """The value of the first field of that name, as gettext looks it up; "" where there is none."""
    return next((value for known, value in fields if known.lower() == name.lower()), "")


def _tag(value: str) -> str | None:
    """A tag, from the form that gettext gives it: "pt_BR", "sr@latin", "ca_ES.UTF-8@valencia"."""
    match = _LANGUAGE.fullmatch(value)
    if match is None:
        if _HARMLESS.fullmatch(value):
            return None
        hint = "write the field Language as gettext does: uk, pt_BR"
        raise CatalogError(f"the header's language {value[:40]!r} is not a language tag", hint=hint)
    language, _, region = match[1].replace("-", "_").partition("_")
    modifier = (match[2] or "").lower()
    script = _SCRIPTS.get(modifier, "")
    variant = modifier if modifier in _VARIANTS else ""
    try:
        return locales.normalize("_".join(filter(None, (language, script, region, variant))))
    except ConfigError:
        return None


def plural_count(fields: Fields) -> int:
    """How many plural forms the header declares, or 0 where it does not say.

    Raises CatalogError for a rule beyond all measure. It is never evaluated.
    """
    rule = _value(fields, "Plural-Forms")
    match = _PLURALS.match(rule)
    if len(rule) > _LONGEST_RULE:
        raise _bad_plurals(f"the rule of Plural-Forms has {len(rule)} characters")
    count = int(match[1]) if match else 0
    if count > _MOST_FORMS:
        raise _bad_plurals(f"Plural-Forms asks for {str(count)[:20]} forms")
    return count


def _bad_plurals(message: str) -> CatalogError:
    hint = "copy the rule of your language from gettext's manual; no language has more than six forms"
    return CatalogError(message, hint=hint)


def new_header(
    locale: str | None, source_locale: str, project: str, created: str, plural_forms: str
) -> Fields:
    """The fields of a new catalog, or with the locale None of a new template.

    `created` is a date as gettext writes it, "2026-11-24 02:40+0000"; `plural_forms` the value of
    Plural-Forms, which only catalogs have. The values are such that `msgfmt -c` and i18nspector find
    nothing to complain of in a catalog; a template has gettext's own blanks.
    """
    gettext_name = locales.gettext_name(locale) if locale else ""
    fields = [
        ("Project-Id-Version", f"{project} 1"),
        ("Report-Msgid-Bugs-To", NOBODY),
        ("POT-Creation-Date", created),
        ("PO-Revision-Date", created if locale else "YEAR-MO-DA HO:MI+ZONE"),
        ("Last-Translator", NOBODY if locale else "FULL NAME <EMAIL@ADDRESS>"),
        ("Language-Team", locale or "LANGUAGE <LL@li.org>"),
        ("Language", gettext_name),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    if locale:
        fields.append(("Plural-Forms", plural_forms))
        if _tag(gettext_name) != locale:
            fields.append((LOCALE, locale))
    return (*fields, (SOURCE_LOCALE, source_locale))
