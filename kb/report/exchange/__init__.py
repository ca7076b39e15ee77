"""A knowledge base as other programs read it, and as another knowledge base does; `kb.base.KnowledgeBase` calls it."""
