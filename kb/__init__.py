"""The core of evidence-kb: what is known, and what follows from it. No network, no clock, no article formats."""
