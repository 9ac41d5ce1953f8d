"""The explorer: one Streamlit page a file, thin over kg.queries."""
