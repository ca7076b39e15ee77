"""Where audits are kept, in a SQLite file or on a server (``store``), and what registries said (``cache``).

``store`` imports SQLAlchemy, which takes long; it is imported where it is used, and nothing beside it needs that.
"""
