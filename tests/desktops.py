"""Programs with windows, run on a screen that nobody sees: the editors of translators."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

Found = TypeVar("Found")

PATIENCE = 30.0
"""Seconds after which a program that does not come up counts as broken."""


@dataclass(frozen=True)
class Desktop:
    """A screen and a message bus of their own, with a home where nobody has been before."""

    environment: dict[str, str]

    def run(self, *command: str) -> str:
        """What a command prints; whether it succeeds is for the caller to see."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout.strip()

    @contextmanager
    def running(self, *command: str) -> Iterator[int]:
        """A program that runs meanwhile; gives its process id."""
        null = subprocess.DEVNULL
        with subprocess.Popen(command, env=self.environment, stdout=null, stderr=null) as process:
            try:
                yield process.pid
            finally:
                process.kill()

    def window(self, name: str) -> str:
        """The id of the window whose title has a name; empty while there is none."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", name).partition("\n")[0]

    def press(self, window: str, *keys: str) -> None:
        """Press keys in a window, one after another, slowly enough for any program."""
        self.run("xdotool", "windowfocus", window, "key", "--clearmodifiers", "--delay", "60", *keys)

    def click(self, window: str, across: float, down: float) -> None:
        """Click at a place of a window, told in parts of its width and height."""
        facts = self.run("xdotool", "getwindowgeometry", "--shell", window)
        width, height = (int(found) for found in re.findall(r"(?:WIDTH|HEIGHT)=(\d+)", facts))
        at = str(int(width * across)), str(int(height * down))
        self.run("xdotool", "mousemove", "--window", window, *at, "click", "1")


@contextmanager
def desktop(home: Path, *programs: str) -> Iterator[Desktop]:
    """A desktop for some programs; skips the test where one of them is missing."""
    for program in ("Xvfb", "xdotool", "dbus-daemon", *programs):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed: apt-get install poedit lokalize xvfb xdotool")
    (home / ".config").mkdir(parents=True)
    (home / "run").mkdir(mode=0o700)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "LC_ALL": "C.UTF-8",
    }
    screen = ("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
    bus = ("dbus-daemon", "--session", "--nofork", "--print-address")
    with _serving(screen, environment) as number:
        environment["DISPLAY"] = f":{number}"
        with _serving(bus, environment) as environment["DBUS_SESSION_BUS_ADDRESS"]:
            yield Desktop(environment)


@contextmanager
def _serving(command: tuple[str, ...], environment: dict[str, str]) -> Iterator[str]:
    """A server that runs meanwhile; gives the first line that it prints, which says where it is."""
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=null, text=True) as process:
        try:
            place = process.stdout.readline().strip() if process.stdout else ""
            if not place:
                pytest.skip(f"{command[0]} does not start here")
            yield place
        finally:
            process.terminate()


def wait_for(find: Callable[[], Found], seconds: float = PATIENCE) -> Found:
    """What a function finds, asked again and again until it finds something or time is up."""
    end = time.monotonic() + seconds
    while not (found := find()) and time.monotonic() < end:
        time.sleep(0.1)
    return found
