"""From candidates to ranked, grouped, cited answers, or to an honest refusal."""
