"""``kb check --fix``: what can be mended without judgement is, and nothing else is touched; see ``mending``."""
