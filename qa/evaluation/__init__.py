"""How good the answers are: the figures, and the runners that measure them."""
