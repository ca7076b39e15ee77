"""JATS XML: what the markup says of text, references and citations → ``Reading``."""
