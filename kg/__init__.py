"""policy-kg: a knowledge graph that compares Chinese government plans, quote against quote."""

__version__ = "0.1.0"
