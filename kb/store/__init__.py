"""Where audits are kept, one SQLite file with many articles (``store``), and what registries said (``cache``).

``store`` imports SQLAlchemy, which takes long; it is imported where it is used, and nothing beside it needs that.
"""
