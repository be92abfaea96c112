"""Pipes: a pipeline of programs that stays alive and answers one request after another.

Every request ends in a NUL byte, at which each program of the pipeline passes on what it has
("null flush" in Apertium's words).
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import weakref
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress

from l10n.errors import EngineError

_WINDOW = 64
"""How many requests may be under way at once."""
_TRIES = 3
"""How many requests in a row may fail in a pipeline that has answered none since it was started."""
_CHUNK = 1 << 16


class _Broken(Exception):
    """The pipeline has died, hangs, or answers out of turn."""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the programs of a pipeline."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            with suppress(OSError):
                stream.close()
    process.wait()


class Pipe:
    """One shell pipeline, started when first used.

    `patience` is how many seconds it may be silent while it owes an answer.
    """

    def __init__(self, script: str, patience: float = 10.0) -> None:
        self._script, self._patience = script, patience
        self._process: subprocess.Popen[bytes] | None = None
        self._selector = selectors.DefaultSelector()
        self._out, self._in, self._said = bytearray(), bytearray(), b""
        self._asked = self._answered = self._failures = 0

    def stream(self, requests: Iterable[str]) -> Iterator[str | None]:
        """The answers to the requests, in order; None for a request on which the pipeline broke.

        A broken pipeline is started again and goes on with the next request. Raises EngineError
        where it cannot be brought to work at all.
        """
        waiting: deque[str] = deque()
        for request in requests:
            waiting.append(request)
            self._send(request)
            if len(waiting) >= _WINDOW:
                yield self._answer(waiting)
        while waiting:
            yield self._answer(waiting)

    def close(self) -> None:
        """End the pipeline's programs."""
        process, self._process = self._process, None
        if process is None:
            return
        for key in list(self._selector.get_map().values()):
            self._selector.unregister(key.fileobj)
        self._ending()

    def _start(self) -> subprocess.Popen[bytes]:
        self._out, self._in, self._said = bytearray(), bytearray(), b""
        self._asked = self._answered
        process = subprocess.Popen(
            ["bash", "-c", self._script],
            bufsize=0,
            start_new_session=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        os.set_blocking(process.stdin.fileno(), False)
        os.set_blocking(process.stderr.fileno(), False)
        self._selector.register(process.stdout, selectors.EVENT_READ, self._hear)
        self._selector.register(process.stderr, selectors.EVENT_READ, self._overhear)
        self._process = process
        self._ending = weakref.finalize(self, _end, process)  # also where nobody closes the pipeline
        return process

    def _send(self, request: str) -> None:
        """Queue a request. The superblank at its end passes every program, and numbers the answer: a
        program that dies lets those after it answer with spare NULs, which must not be taken for it."""
        if self._process is None:
            self._start()
        self._asked += 1
        self._out += f"{request}[{self._asked}]\0".encode()
        self._speak()

    def _answer(self, waiting: deque[str]) -> str | None:
        try:
            answer = self._receive()
        except _Broken as broken:
            self._recover(waiting, str(broken))
            return None
        waiting.popleft()
        self._failures = 0
        return answer

    def _recover(self, waiting: deque[str], why: str) -> None:
        """Start again, without the request that broke the pipeline."""
        said = self._last_words()
        self.close()
        waiting.popleft()
        self._failures += 1
        self._answered += 1
        if self._failures >= _TRIES:
            raise EngineError(f"the translation pipeline {why}" + (f": {said}" if said else ""))
        self._start()
        for request in waiting:
            self._send(request)

    def _last_words(self) -> str:
        """The last line that the pipeline's programs wrote to standard error."""
        with suppress(BlockingIOError):
            while data := os.read(self._stream("stderr"), _CHUNK):
                self._said = (self._said + data)[-2000:]
        return self._said.decode(errors="replace").strip().rpartition("\n")[2]

    def _receive(self) -> str:
        seen = 0
        while (end := self._in.find(b"\0", seen)) < 0:
            seen = len(self._in)
            events = self._selector.select(self._patience)
            if not events:
                raise _Broken("hangs")
            for key, _ in events:
                key.data()
        answer = self._in[:end].decode(errors="replace")
        del self._in[: end + 1]
        tail = f"[{self._answered + 1}]"
        if not answer.endswith(tail):
            raise _Broken("stopped")
        self._answered += 1
        return answer.removesuffix(tail)

    def _hear(self) -> None:
        data = os.read(self._stream("stdout"), _CHUNK)
        if not data:
            raise _Broken("stopped")
        self._in += data

    def _overhear(self) -> None:
        data = os.read(self._stream("stderr"), _CHUNK)
        self._said = (self._said + data)[-2000:]
        if not data and self._process:
            self._selector.unregister(self._stream("stderr"))

    def _speak(self) -> None:
        """Write what the pipeline will take now, and the rest when it can take more."""
        stdin = self._stream("stdin")
        with suppress(BlockingIOError, BrokenPipeError):  # a dead pipeline is noticed when its answer is due
            while self._out:
                del self._out[: os.write(stdin, self._out)]
        registered = stdin in self._selector.get_map()
        if self._out and not registered:
            self._selector.register(stdin, selectors.EVENT_WRITE, self._speak)
        elif registered and not self._out:
            self._selector.unregister(stdin)

    def _stream(self, name: str) -> int:
        return int(getattr(self._process, name).fileno())
