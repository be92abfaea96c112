"""Dying: what a piece of work leaves on the disk when its process is killed in the middle of it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

_STEPS = {"open", "os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.chmod"}
_STEPS |= {"os.scandir", "os.listdir", "ctypes.dlopen", "ctypes.dlsym", "shutil.rmtree"}
"""Audit events of Python for what touches the disk."""


def dying(step: int, work: Callable[[], object]) -> int:
    """Do work in a process that gets SIGKILL before the given of its steps; its exit status, or -signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = step

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in _STEPS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    status = 1
    try:
        sys.addaudithook(hook)
        work()
        status = 0
    finally:
        os._exit(status)
