"""Commands that ask the knowledge base: one file a question."""
