"""The program: `l10n`, or `python -m l10n` where the command is not on the path."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line; Ctrl-C while it still loads ends it without words."""
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from l10n.cli import main as run

    signal.signal(signal.SIGINT, handler)
    run()


if __name__ == "__main__":
    main()
