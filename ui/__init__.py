"""The web page: Gradio lays out and wires, presenter.py turns responses into what is shown."""
