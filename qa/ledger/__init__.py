"""The ledger of figures: every figure of the corpus with what, whose, where and when it is, read at indexing time."""
