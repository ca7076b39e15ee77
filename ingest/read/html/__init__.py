"""HTML pages: a tree of our own, the article in it, its reference list and its links → ``Reading``."""
