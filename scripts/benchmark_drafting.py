"""How fast drafts are made, against Argos Translate's own interface and the tools that are built on it.

    pip install --target PEERS argos-translate-files; pip install --target PEERS --no-deps translatehtml
    PYTHONPATH=PEERS .venv/bin/python scripts/benchmark_drafting.py TEXT... [--count 1201] [--only NAME]
    .venv/bin/python scripts/benchmark_drafting.py TEXT... --apertium

TEXT is a file with an English sentence in each line. All contestants translate the same sentences with the
same model and the same beam, each in a process of its own, and are timed after a first sentence. The model
has the size of Argos Translate's (6 + 6 layers of 512, 32,000 pieces, 8 bits); its weights are random, but
that every translation ends after 27 pieces, which is the mean of news. The sentences are cut already: no
contestant splits them. `--apertium` instead compares the engine with the bare pipeline of the same pair.
"""

from __future__ import annotations

import argparse
import html
import importlib.metadata
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

LENGTH = 27
VOCABULARY, WIDTH, INNER, LAYERS, HEADS = 32_000, 512, 2048, 6, 8
PIECES = 8000
WORDS = range(6, 46)


def sentences(paths: Sequence[Path], count: int) -> list[str]:
    lines = [line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in dict.fromkeys(lines) if len(line.split()) in WORDS][:count]


def make_package(folder: Path, texts: Sequence[str]) -> None:
    """An Argos package from English to Ukrainian that takes as long as a real one, and says nothing."""
    import sentencepiece

    (folder / "model").mkdir(parents=True)
    (folder / "text").write_text("\n".join(texts), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=folder / "text",
        model_prefix=folder / "sentencepiece",
        vocab_size=PIECES,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    known = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    filler = [f"▁x{number}" for number in range(VOCABULARY - len(known))]
    special = ["<unk>", "<s>", "</s>"]
    tokens = [*special, *(piece for piece in known if piece not in special), *filler]
    save_model(folder / "model", tokens)
    metadata = {"package_version": "0.0", "argos_version": "1.9", "from_code": "en", "to_code": "uk"}
    names = {"from_name": "English", "to_name": "Ukrainian"}
    (folder / "metadata.json").write_text(json.dumps(metadata | names), encoding="utf-8")


def save_model(folder: Path, tokens: Sequence[str]) -> None:
    import numpy
    from ctranslate2.specs import TransformerSpec
    from ctranslate2.specs.model_spec import visit_spec

    spec = TransformerSpec.from_config(LAYERS, HEADS, pre_norm=True)
    random = numpy.random.default_rng(1)

    def fill(layer: object, name: str, value: object) -> None:
        key = name.rpartition("/")[2]
        shape = shape_of(name, key, len(tokens))
        if shape and key in ("weight", "encodings"):
            setattr(layer, key, (random.standard_normal(shape) * 0.02).astype("float32"))
        elif shape:
            setattr(layer, key, numpy.full(shape, float(key == "gamma"), "float32"))

    visit_spec(spec, fill)
    last = numpy.where(numpy.arange(1024) < LENGTH, -10, 10)
    spec.decoder.position_encodings.encodings[:, 0] = last
    spec.decoder.projection.weight[:, 0] = 0
    spec.decoder.projection.weight[tokens.index("</s>"), 0] = 5
    spec.register_source_vocabulary(list(tokens))
    spec.register_target_vocabulary(list(tokens))
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))


def shape_of(name: str, key: str, vocabulary: int) -> tuple[int, ...]:
    """The shape of a variable of the model; empty for what is no array."""
    if key == "encodings":
        return (1024, WIDTH)
    if "layer_norm" in name:
        return (WIDTH,) if key in ("gamma", "beta") else ()
    if key not in ("weight", "bias"):
        return ()
    if "embeddings" in name or "projection" in name:
        return (vocabulary, WIDTH) if key == "weight" else (vocabulary,)
    out, into = linear(name)
    return (out, into) if key == "weight" else (out,)


def linear(name: str) -> tuple[int, int]:
    if "ffn" in name:
        return (INNER, WIDTH) if "linear_0" in name else (WIDTH, INNER)
    if "self_attention" in name:
        return (3 * WIDTH, WIDTH) if "linear_0" in name else (WIDTH, WIDTH)
    return (2 * WIDTH, WIDTH) if "linear_1" in name else (WIDTH, WIDTH)


# The contestants: each makes ready, then gives what translates the sentences.


def own_interface() -> object:
    """Argos Translate's translation of the pair, without its sentence splitter."""
    from argostranslate import translate

    class Whole:
        def split_sentences(self, text: str) -> list[str]:
            return [text] if text.strip() else []

    found = translate.get_translation_from_codes("en", "uk")
    found.underlying.sentencizer = Whole()
    return found


def argostranslate(texts: Sequence[str], folder: Path) -> Callable[[], object]:
    translation = own_interface()
    translation.translate(texts[0])
    return lambda: [translation.translate(text) for text in texts[1:]]


def files_txt(texts: Sequence[str], folder: Path) -> Callable[[], object]:
    return of_files("txt", "\n".join(texts[1:]), texts[0], folder)


def files_html(texts: Sequence[str], folder: Path) -> Callable[[], object]:
    return of_files("html", page(texts[1:]), texts[0], folder)


def of_files(suffix: str, text: str, first: str, folder: Path) -> Callable[[], object]:
    from argostranslatefiles.formats.html import Html
    from argostranslatefiles.formats.txt import Txt

    translation = own_interface()
    translation.translate(first)
    path = folder / f"in.{suffix}"
    path.write_text(text, encoding="utf-8")
    return lambda: {"txt": Txt, "html": Html}[suffix]().translate(translation, str(path))


def translatehtml(texts: Sequence[str], folder: Path) -> Callable[[], object]:
    from translatehtml import translate_html

    translation = own_interface()
    translation.translate(texts[0])
    return lambda: translate_html(translation, page(texts[1:]))


def page(texts: Sequence[str]) -> str:
    """A page of paragraphs, a sentence each, its second word bold."""
    return "".join(f"<p>{bold(text)}</p>\n" for text in texts)


def bold(text: str) -> str:
    first, second, *rest = (html.escape(word, quote=False) for word in text.split(" "))
    return " ".join([first, f"<b>{second}</b>", *rest])


def l10n(texts: Sequence[str], folder: Path) -> Callable[[], object]:
    return of_l10n(texts[0], lambda: texts[1:], folder)


def l10n_html(texts: Sequence[str], folder: Path) -> Callable[[], object]:
    def read_page() -> list[str]:
        from l10n import extract, read, segment

        article = read(page(texts[1:]), id="page", format="html", locale="en")
        return [entry.source for entry in extract(segment(article, "paragraph"), "en").entries]

    return of_l10n(texts[0], read_page, folder)


def of_l10n(first: str, sources: Callable[[], Sequence[str]], folder: Path) -> Callable[[], object]:
    """What `l10n draft` does with an entry, from masking to the verdict, the cache on disk included.

    The verdict on what random weights say is always "no"; that would let every text be translated in other
    ways too, so only the first way is gone.
    """
    from l10n.engines import Cache, choose, isolated
    from l10n.engines.batching import Sender
    from l10n.engines.masking import mask
    from l10n.engines.projecting import project
    from l10n.engines.verifying import fault

    engine = isolated(choose("argos", "en", "uk"))
    sender = Sender(engine, "en", "uk", Cache(folder / "drafts.sqlite"))

    def draft(texts: Sequence[str]) -> None:
        masked = {text: mask(text, engine.sentinel) for text in dict.fromkeys(texts)}
        found = sender.translate([each.plain for each in masked.values()], lambda count: None)
        for text, each in masked.items():
            fault(text, project(each, found[each.plain]) or "", "en", "uk")

    def work() -> None:
        draft(sources())
        engine.close()

    draft([first])
    return work


TUNED = {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": str(os.cpu_count())}
CONTESTANTS: dict[str, tuple[str, dict[str, str], str]] = {
    "argostranslate": ("argostranslate, as it comes", {}, "argos-translate-lt"),
    "argostranslate-tuned": ("argostranslate, threads tuned", TUNED, "argos-translate-lt"),
    "files_txt": ("argos-translate-files, a text file", {}, "argos-translate-files"),
    "files_html": ("argos-translate-files, a page", {}, "argos-translate-files"),
    "translatehtml": ("translatehtml, a page", {}, "translatehtml"),
    "translatehtml-tuned": ("translatehtml, a page, threads tuned", TUNED, "translatehtml"),
    "l10n": ("l10n, plain sentences", {}, "l10n-articles"),
    "l10n_html": ("l10n, a page", {}, "l10n-articles"),
}


def child(name: str, texts: Sequence[str], folder: Path) -> None:
    """Run one contestant in this process, and print what it took."""
    work = globals()[name.partition("-")[0]](texts, folder)
    started, before = time.perf_counter(), cpu()
    work()
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "cpu": cpu() - before, "peak": peak()}))


def peak() -> float:
    """The most memory that this process has held, and the largest of those that it started, in MiB.

    Of this one not by getrusage, which counts what the parent held when it started it.
    """
    held = [
        re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in ("self", *living())
    ]
    own, *others = [int(found[1]) for found in held if found]
    return (own + max(others, default=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)) / 1024


def living() -> list[str]:
    """The processes that this one has started and that have not ended."""
    return [pid for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()]


def cpu() -> float:
    """The processor time of this process, of its children that have ended, and of those that live."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ended = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    ticks = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in living()]
    return ended + sum(int(tick) for pair in ticks for tick in pair) / os.sysconf("SC_CLK_TCK")


def contest(arguments: argparse.Namespace, texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_package(root / "packages" / "translate-en_uk-0_0", texts)
        (root / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        results = {name: measured(name, root, arguments) for name in arguments.only or CONTESTANTS}
    report({name: runs for name, runs in results.items() if runs}, len(texts) - 1)


def measured(name: str, root: Path, arguments: argparse.Namespace) -> list[dict[str, float]]:
    label, settings, _ = CONTESTANTS[name]
    places = {"ARGOS_PACKAGES_DIR": str(root / "packages"), "XDG_DATA_HOME": folder_of(root, "data")}
    places |= {"XDG_CONFIG_HOME": folder_of(root, "config"), "XDG_CACHE_HOME": folder_of(root, "cache")}
    runs = []
    for number in range(arguments.rounds):
        (root / f"{name}{number}").mkdir()
        command = [sys.executable, __file__, str(root / "texts.json"), "--child", name]
        environment = {**os.environ, **places, **settings, "CHILD_FOLDER": str(root / f"{name}{number}")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{label}: left out: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return []
        runs.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"{label}: {runs[-1]}", file=sys.stderr)
    return runs


def folder_of(root: Path, name: str) -> str:
    (root / name).mkdir(exist_ok=True)
    return str(root / name)


def report(results: dict[str, list[dict[str, float]]], count: int) -> None:
    middle = {
        name: {key: median(run[key] for run in runs) for key in runs[0]} for name, runs in results.items()
    }
    print(f"\n{count:,} sentences, {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {versions()}\n")
    print("| | sentences/s | CPU ms/sentence | peak MB | l10n is so many times as fast | by CPU time |")
    print("|---|---|---|---|---|---|")
    for name, got in middle.items():
        own = middle.get("l10n_html" if "html" in name else "l10n", got)
        print(
            f"| {CONTESTANTS[name][0]} | {count / got['seconds']:.1f} | {1000 * got['cpu'] / count:.0f} "
            f"| {got['peak']:.0f} | {got['seconds'] / own['seconds']:.1f} | {got['cpu'] / own['cpu']:.1f} |"
        )


def versions() -> str:
    names = ("ctranslate2", "argos-translate-lt", "argos-translate-files", "translatehtml")
    return ", ".join(f"{name} {version}" for name in names if (version := version_of(name)))


def version_of(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def compare_apertium(texts: Sequence[str], rounds: int) -> None:
    """The engine, and the whole of drafting, against the pipeline that the pair is."""
    from l10n.engines import Drafter, choose, isolated
    from l10n.model import Catalog, Entry

    engine = choose("apertium", "en", "es")
    list(engine.translate(texts[:1], "en", "es"))
    apart = isolated(choose("apertium", "en", "es"))
    catalog = Catalog("en", "es", tuple(map(Entry, texts)))
    list(apart.translate(texts[:1], "en", "es"))
    ways: dict[str, Callable[[], object]] = {
        "bare pipe": lambda: bare_pipe(texts),
        "engine": lambda: list(engine.translate(texts, "en", "es")),
        "l10n draft": lambda: Drafter("en", "es", apart).draft([(catalog, catalog.entries)]),
    }
    rates = {name: max(len(texts) / taken(work) for _ in range(rounds)) for name, work in ways.items()}
    for name, rate in rates.items():
        print(f"{name}: {rate:.0f} sentences/s, {rate / rates['bare pipe']:.0%} of the bare pipe")
    engine.close()
    apart.close()


def bare_pipe(texts: Sequence[str]) -> None:
    mode = "/usr/share/apertium/modes/eng-spa.mode"
    command = ["apertium-wblank-mode", "-z", mode]
    script = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    data = "".join(f"{text}[]\0" for text in escaped(texts)).encode()
    subprocess.run(["bash", "-c", f"set -- -g; {script}"], input=data, capture_output=True, check=True)


def escaped(texts: Sequence[str]) -> Iterator[str]:
    from l10n.engines.streams import escape

    return map(escape, texts)


def taken(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("text", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=1201)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=CONTESTANTS)
    parser.add_argument("--apertium", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child, json.loads(arguments.text[0].read_text()), Path(os.environ["CHILD_FOLDER"]))
    elif arguments.apertium:
        compare_apertium(sentences(arguments.text, arguments.count), arguments.rounds)
    else:
        contest(arguments, sentences(arguments.text, arguments.count))


if __name__ == "__main__":
    main()
