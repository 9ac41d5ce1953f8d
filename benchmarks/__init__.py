"""Measurements: accuracy, speed, growth, peers. Never part of `make test`'s assertions on time."""
