"""``python -m qa.cli`` is ``youju``."""

from qa.cli import main

main()
