"""The command line, ``youju``."""

import sys


def main() -> None:
    """Run the command that was typed and exit with its status: 0 done or answered, 1 refused, 2 could not be done."""
    from qa.cli.run import run

    sys.exit(run(sys.argv[1:]))
