"""What can go wrong with a model; bootstrap turns it into the application's own error."""


class EncoderError(Exception):
    """A model is missing, damaged or of the wrong kind; ``str(error)`` is one Chinese sentence on what to do."""
