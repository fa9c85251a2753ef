"""Lists in running text: numbered points, brackets behind a term, what follows a colon, rows of 、."""
