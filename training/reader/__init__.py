"""Training of the neural reader: from public data to the shipped ONNX file."""
