"""The larger subcommands of ``kb``, one file each; each exports ``command``, which ``ingest.cli`` registers."""
