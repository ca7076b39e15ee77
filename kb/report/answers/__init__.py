"""What the graph answered, as text: one file a question, with ``to_text(answer) -> str``."""
