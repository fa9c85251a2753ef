"""Youju over HTTP: REST with OpenAPI, and the pages that show where words stand."""
