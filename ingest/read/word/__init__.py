"""Word files: paragraphs, notes and the fields that hold citations → ``Reading``."""
