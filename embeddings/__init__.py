"""Text to vectors to neighbours: knows ids and arrays, never documents."""
