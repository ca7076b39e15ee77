"""``kb check``: which files, which results are still good, what changed since a revision, and what can be mended."""
