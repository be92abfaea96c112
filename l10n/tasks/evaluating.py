"""Evaluate: how near an engine comes to what humans translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from l10n import inline
from l10n.engines import AUTO, ENGINES, ModelFolder, choose
from l10n.engines.batching import Sender
from l10n.errors import CatalogError, ConfigError, ModelMissing
from l10n.locales import joiner, language, normalize
from l10n.model import Catalog, State
from l10n.project import load_po, read_bytes
from l10n.tasks.running import Failures, Track, untracked

_SETUP = "pip install 'l10n-articles[evaluate]'"
_RESAMPLINGS = 1000
_CATALOGS = (".po",)
_LEAST = 2
"""An interval needs so many sentences."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to evaluate, and against what."""

    engine: str
    reference: Path
    """A catalog; or a folder of catalogs, or of parallel files, a sentence a line: "news.en", "news.uk"."""
    source: str = "en"
    """The source language of parallel files."""
    targets: Sequence[str] = ()
    """Only these target locales; all when empty."""
    limit: int | None = None
    """How many sentences of each pair at the most."""
    models: Sequence[ModelFolder] = ()
    """Models of the configuration."""
    engines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Pair ("en-es") -> engines in the order in which "auto" tries them, as the configuration has it."""


@dataclass(frozen=True, slots=True)
class Score:
    """A measure and half the width of its 95% confidence interval, by bootstrap over the sentences."""

    value: float
    margin: float
    signature: str
    """How it was computed, as sacrebleu says it."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An engine on one pair of locales."""

    source: str
    target: str
    engine: str
    """What translated, with its version."""
    sentences: int
    failed: int
    """Sentences for which the engine gave nothing; they count as empty."""
    seconds: float
    chrf: Score
    bleu: Score
    ter: Score


@dataclass
class Evaluated:
    """What `evaluate` found."""

    evaluations: list[Evaluation] = field(default_factory=list)
    failures: Failures = field(default_factory=Failures)


@dataclass
class Parallel:
    """Sentences of one language, and what humans made of them in another."""

    source: str
    target: str
    sentences: list[tuple[str, str]] = field(default_factory=list)


def evaluate(request: Request, track: Track = untracked) -> Evaluated:
    """Translate the sources of a reference and measure the result: chrF2, BLEU and TER with sacrebleu.

    Pairs that the engine cannot translate are failures of the report. Raises ConfigError for an unknown
    engine or a reference without sentences, CatalogError where it cannot be read, ModelMissing without
    sacrebleu.
    """
    if request.engine != "auto":
        ENGINES.get(request.engine)
    if find_spec("sacrebleu") is None:
        raise ModelMissing("sacrebleu is not installed", hint=_SETUP)
    found = _wanted(_references(request), request)
    if not found:
        raise ConfigError(
            f"no reviewed entries and no parallel files from {request.source} in {request.reference}",
            hint="give a catalog, or a folder of catalogs or of files such as news.en, news.uk",
        )
    report = Evaluated()
    for parallel in track(found, "evaluating"):
        with report.failures.kept():
            report.evaluations.append(_evaluate(parallel, request))
    return report


def _wanted(found: Iterable[Parallel], request: Request) -> list[Parallel]:
    targets = set(map(normalize, request.targets))
    return [
        Parallel(each.source, each.target, each.sentences[: request.limit])
        for each in found
        if each.sentences and (not targets or each.target in targets)
    ]


def _references(request: Request) -> Iterable[Parallel]:
    path = request.reference
    if path.is_file() and path.suffix not in _CATALOGS:
        raise ConfigError(f"{path} is no catalog", hint="name the folder that holds the parallel files")
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    catalogs = [each for each in files if each.suffix in _CATALOGS]
    return _from_catalogs(catalogs) if catalogs else _from_files(files, normalize(request.source))


def _from_catalogs(paths: Iterable[Path]) -> list[Parallel]:
    """The reviewed entries of catalogs, by pair; every text once."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for path in paths:
        catalog = load_po(path, str(path))
        pair = catalog.source_locale, catalog.locale or ""
        if pair[1] and language(pair[0]) != language(pair[1]):
            found.setdefault(pair, {}).update(_reviewed(catalog))
    return [Parallel(*pair, list(texts.items())) for pair, texts in found.items()]


def _reviewed(catalog: Catalog) -> dict[str, str]:
    """Sources and targets as plain text: what stands for inline codes would tell nothing of an engine."""
    texts = {
        inline.plain(entry.source): inline.plain(entry.target)
        for entry in catalog.entries
        if entry.state is State.REVIEWED and not entry.plural
    }
    return {source: target for source, target in texts.items() if any(map(str.isalpha, source))}


def _from_files(paths: Sequence[Path], source: str) -> Iterator[Parallel]:
    """Files that differ in their last suffix only, which is a language."""
    of_source = [path for path in paths if _tag(path) == source]
    for path in of_source:
        for other in paths:
            if other.with_suffix("") == path.with_suffix("") and _tag(other) not in ("", source):
                yield _aligned(path, other)


def _tag(path: Path) -> str:
    try:
        return normalize(path.suffix.removeprefix("."))
    except ConfigError:
        return ""


def _aligned(path: Path, other: Path) -> Parallel:
    sources, targets = _lines(path), _lines(other)
    if len(sources) != len(targets):
        message = f"{len(targets)} lines, but {path.name} has {len(sources)}: they are no parallel files"
        raise CatalogError(message, where=str(other))
    return Parallel(_tag(path), _tag(other), list(zip(sources, targets, strict=True)))


def _lines(path: Path) -> list[str]:
    try:
        text = read_bytes(path, CatalogError).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogError("the file is not UTF-8", where=str(path)) from error
    return text.removesuffix("\n").replace("\r\n", "\n").split("\n") if text else []


def _evaluate(parallel: Parallel, request: Request) -> Evaluation:
    preferred = request.engines.get(f"{parallel.source}-{parallel.target}", AUTO)
    engine = choose(request.engine, parallel.source, parallel.target, request.models, preferred)
    sender = Sender(engine, parallel.source, parallel.target)
    started = perf_counter()
    try:
        answers = sender.translate([source for source, _ in parallel.sentences], lambda count: None)
        seconds = perf_counter() - started
        described = engine.describe(parallel.source, parallel.target)
    finally:
        engine.close()
    found = [answers[source].text if source in answers else "" for source, _ in parallel.sentences]
    chrf, bleu, ter = _scores(found, [target for _, target in parallel.sentences], parallel.target)
    failed = sum(not each for each in found)
    return Evaluation(
        parallel.source, parallel.target, described, len(found), failed, seconds, chrf, bleu, ter
    )


def _scores(found: Sequence[str], wanted: Sequence[str], target: str) -> list[Score]:
    """chrF2 (Popović 2015), BLEU (Papineni et al. 2002) and TER (Snover et al. 2006), by sacrebleu."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    characters = not joiner(target)
    bleu = BLEU(tokenize="char" if characters else "13a")
    metrics = (CHRF(), bleu, TER(asian_support=characters, normalized=characters))
    count = _RESAMPLINGS if len(found) >= _LEAST else 1
    out = []
    for metric in metrics:
        score = metric.corpus_score(list(found), [list(wanted)], n_bootstrap=count)
        margin = float(score._ci) if count > 1 else 0.0
        out.append(Score(float(score.score), margin, str(metric.get_signature())))
    return out
