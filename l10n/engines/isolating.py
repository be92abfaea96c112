"""Isolating: an engine in a process of its own, so that one which crashes or hangs ends nothing else.

The process is started when first used, and again after it died or was ended for its silence. It is given
the engine (pickled, before anything was loaded), then requests, a line of JSON each; it answers with a line
for each translation as it becomes ready, and one at the end.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO, Any

from l10n.engines.caching import dump, load
from l10n.engines.contracts import Engine, Hypothesis
from l10n.errors import EngineError, ModelMissing, PairUnsupported

_PATIENCE = 30.0
_PATIENCE_PER_TEXT = 1.0
_START = 120.0
"""Seconds in which a process must have started, on however busy a machine."""
_ERRORS = {kind.__name__: kind for kind in (EngineError, ModelMissing, PairUnsupported)}
_CHILD = "from l10n.engines.isolating import serve; serve()"


class Isolated:
    """An engine that is the given one, but works elsewhere.

    It may be silent for `patience` seconds, and `per_text` more for each text that it was asked.
    """

    def __init__(
        self, engine: Engine, patience: float = _PATIENCE, per_text: float = _PATIENCE_PER_TEXT
    ) -> None:
        self.name = engine.name
        self._engine, self._patience, self._per_text = engine, patience, per_text
        self._child: _Child | None = None

    def pairs(self) -> Sequence[tuple[str, str]]:
        return self._engine.pairs()

    def describe(self, source: str, target: str) -> str:
        return self._engine.describe(source, target)

    def licence(self, source: str, target: str) -> str:
        return self._engine.licence(source, target)

    def sentinel(self, index: int) -> str | None:
        return self._engine.sentinel(index)

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        """As `Engine.translate`; an engine that crashed or said nothing for too long raises EngineError."""
        self._child = self._child or _Child(self._engine)
        patience = self._patience + self._per_text * len(texts)
        answered = False
        try:
            self._child.ask([list(texts), source, target])
            while (line := self._child.hear(patience)) != "done":
                yield _answer(line)
            answered = True
        except EngineError:
            answered = True
            raise
        except _Dead as dead:
            raise EngineError(str(dead)) from None
        finally:
            if not answered:
                self.close()

    def close(self) -> None:
        if self._child:
            self._child.close()
        self._child = None
        self._engine.close()


def isolated(engine: Engine) -> Engine:
    """The engine isolated; itself where it cannot be sent to another process."""
    try:
        pickle.dumps(engine)
    except (pickle.PicklingError, TypeError, AttributeError):
        return engine
    return Isolated(engine)


def _answer(line: str) -> Hypothesis:
    """What a line of the child says. Raises the error that it tells of."""
    kind, _, said = line.partition(" ")
    if kind == "ok":
        return load(said)
    message, hint = json.loads(said)
    raise _ERRORS.get(kind, EngineError)(message, hint=hint)


class _Dead(Exception):
    """The child has died, or hangs."""


class _Child:
    """The process, and the threads that hear it."""

    def __init__(self, engine: Engine) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._said: deque[str] = deque(maxlen=20)
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        for work, stream in ((self._listen, self._process.stdout), (self._overhear, self._process.stderr)):
            threading.Thread(target=work, args=(stream,), daemon=True).start()
        self._write(pickle.dumps((sys.path, pickle.dumps(engine))))
        self._ready = False

    def ask(self, request: list[Any]) -> None:
        self._write(json.dumps(request).encode() + b"\n")

    def hear(self, patience: float) -> str:
        """The next line. Raises _Dead where none comes any more."""
        if not self._ready:
            self._next(_START)
            self._ready = True
        return self._next(patience)

    def _next(self, patience: float) -> str:
        try:
            line = self._lines.get(timeout=patience)
        except Empty:
            raise _Dead(f"it has said nothing for {patience:.0f} s") from None
        if line is None:
            raise _Dead("it crashed" + (f": {self._said[-1]}" if self._said else ""))
        return line

    def close(self) -> None:
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):
                if stream:
                    stream.close()

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # a dead process is noticed when its answer is due
            self._process.stdin.write(data)
            self._process.stdin.flush()

    def _listen(self, stream: IO[bytes]) -> None:
        with suppress(ValueError, OSError):
            for line in stream:
                self._lines.put(line.decode("utf-8", "replace").rstrip("\n"))
        self._lines.put(None)

    def _overhear(self, stream: IO[bytes]) -> None:
        with suppress(ValueError, OSError):
            for line in stream:
                self._said.append(line.decode("utf-8", "replace").strip())


def serve() -> None:
    """The child's work. Standard output is kept for answers; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    path, data = pickle.load(sys.stdin.buffer)
    sys.path[:] = path
    engine: Engine = pickle.loads(data)
    print("ready", file=answers, flush=True)
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    while True:
        for line in _served(engine, *json.loads(requests.get())):
            print(line, file=answers, flush=True)


def _read(requests: SimpleQueue[bytes]) -> None:
    """Hear requests also while the engine works, so that a child does not outlive who started it."""
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def _served(engine: Engine, texts: list[str], source: str, target: str) -> Iterator[str]:
    try:
        for hypothesis in engine.translate(texts, source, target):
            yield f"ok {dump(hypothesis)}"
        yield "done"
    except EngineError as error:
        yield f"{type(error).__name__} {json.dumps([error.message, error.hint])}"
    except Exception as error:  # whatever a plug-in may raise
        yield f"EngineError {json.dumps([f'{type(error).__name__}: {error}', ''])}"
