"""The graph and the answers to questions as drawings: nodes and lines with places, without a screen."""
