"""Makes the data files of qa/text."""
