"""Findings as people and as other programs read them: text, JSON, SARIF, JUnit, GitHub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as xml

import typer

from l10n.cli.output import as_data, paint, plural, say, visible
from l10n.laziness import expression
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.tasks.checking import Checked, Located

_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}
_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
"""Severities in the words of GitHub's workflow commands; SARIF has ours."""


def show_text(report: Checked, notes: bool) -> None:
    """For people: the findings of each catalog, what each is about, and a summary."""
    path = ""
    for each in report.findings:
        if each.finding.severity is Severity.NOTE and not notes:
            continue
        if each.path != path:
            typer.echo(paint(visible(each.path)))
            path = each.path
        severity = paint(f"{each.finding.severity:7}", _COLOURS[each.finding.severity])
        typer.echo(f"  {severity} line {each.line}: {each.finding.check}: {visible(each.finding.message)}")
        say(f"          {_excerpt(each)}")
    say(_summary(report))
    if not notes and (hidden := _notes(report)):
        say(f"notes ({hidden}) are shown with --notes")


def _summary(report: Checked) -> str:
    counts = ", ".join(plural(count, severity) for severity, count in report.counts().items())
    known = f"; {plural(report.known, 'finding')} of the baseline" if report.known else ""
    return f"{counts}; {plural(report.clean, 'catalog')} without findings{known}"


def _notes(report: Checked) -> str:
    names = Counter(each.finding.check for each in report.findings if each.finding.severity is Severity.NOTE)
    return ", ".join(f"{count} {name}" for name, count in names.most_common())


def _excerpt(each: Located) -> str:
    """The target around what the finding is about, or the source."""
    span = each.finding.span
    if span is None:
        return (each.finding.key[1] or "(header)").replace("\n", " ")[:100]
    start, end = max(span.start - 40, 0), span.end + 40
    cut = each.target[start:end].replace("\n", " ")
    return f"{'…' if start else ''}{cut}{'…' if end < len(each.target) else ''}"


def as_json(report: Checked) -> str:
    """All of the report."""
    findings = [{**as_data(each), "fingerprint": each.fingerprint} for each in report.findings]
    return json.dumps({**as_data(report), "findings": findings}, ensure_ascii=False, indent=2)


def as_sarif(report: Checked) -> str:
    """SARIF 2.1.0 (OASIS), for code hosts and editors."""
    names = sorted({each.finding.check for each in report.findings})
    rules = [{"id": name, "shortDescription": {"text": _help(name)}} for name in names]
    driver = {"name": "l10n", "rules": rules}
    results = [_result(each) for each in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    log = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(each: Located) -> Mapping[str, Any]:
    place = {"artifactLocation": {"uri": each.path}, "region": {"startLine": each.line}}
    return {
        "ruleId": each.finding.check,
        "level": str(each.finding.severity),
        "message": {"text": f"{each.finding.message}: {_excerpt(each)}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"l10n/v1": each.fingerprint},
    }


def _help(name: str) -> str:
    """The first line of a check's help."""
    from importlib import import_module

    from l10n.checks import CHECKS

    module = import_module(CHECKS.get(name).find.__module__)
    return (module.__doc__ or name).strip().split("\n")[0]


def as_junit(report: Checked) -> str:
    """JUnit's XML, a test case for each finding, for continuous integration."""
    counts = report.counts()
    failures = len(report.findings) - counts[Severity.NOTE]
    suite = xml.Element(
        "testsuite", name="l10n check", tests=str(len(report.findings)), failures=str(failures)
    )
    for each in report.findings:
        case = xml.SubElement(
            suite, "testcase", classname=each.path, name=_plain(f"{each.finding.check} line {each.line}")
        )
        if each.finding.severity is not Severity.NOTE:
            message = _plain(each.finding.message)
            xml.SubElement(case, "failure", message=message, type=str(each.finding.severity)).text = _plain(
                _excerpt(each)
            )
    return f"<?xml version='1.0' encoding='utf-8'?>\n{xml.tostring(suite, encoding='unicode')}"


_NOT_IN_XML = expression("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _plain(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", visible(text))


def as_github(report: Checked) -> str:
    """Workflow commands of GitHub Actions, which show findings beside the changed lines."""
    return "\n".join(_commands(report))


def _commands(report: Checked) -> Iterator[str]:
    for each in report.findings:
        file = _escaped(each.path).replace(":", "%3A").replace(",", "%2C")
        message = _escaped(f"{each.finding.message}: {_excerpt(each)}")
        level, title = _LEVELS[each.finding.severity], each.finding.check
        yield f"::{level} file={file},line={each.line},title={title}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS: Mapping[str, Callable[[Checked], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
    "github": as_github,
}
"""Formats for other programs; "text" is for people."""
