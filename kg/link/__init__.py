"""Linking: what the documents' records have to do with each other."""
