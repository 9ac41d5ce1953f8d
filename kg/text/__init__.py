"""Views on a raw text: repair, joined lines, outline, tables. The raw text itself is never changed."""
