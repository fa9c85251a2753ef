"""Chinese text: normal form with offsets, sentences, words, figures, places, organisations."""
