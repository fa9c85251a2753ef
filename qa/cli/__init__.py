"""The command line, ``youju``."""

import sys


def main() -> None:
    """Run the command that was typed and exit with its status: 0 done or answered, 1 refused, 2 could not be done."""
    try:
        from qa.cli.run import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # before run() could take care of it, or a second time
        sys.stderr.write("已中断。\n")
        status = 130
    sys.exit(status)
