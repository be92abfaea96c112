"""The program: `l10n`, or `python -m l10n` where the command is not on the path."""

from __future__ import annotations

import signal
import sys

_INTERRUPTED = 128 + signal.SIGINT
"""How shells name what Ctrl-C has ended."""


def main() -> None:
    """Run the command line; Ctrl-C ends it without words, also while it still loads."""
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from l10n.cli import main as run

    try:
        signal.signal(signal.SIGINT, handler)
        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
