"""What the app needs of ingest: audits in the background, and people's words kept. ``app.py`` hands it to the pages."""
