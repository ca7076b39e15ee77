"""The bibliography of an article: its own reference list, and bibliographies in files, as ``Reference`` records."""
