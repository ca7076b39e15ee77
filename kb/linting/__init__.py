"""The linter around the rules: which count where, what is waived or known of old, and what is told in the end."""
