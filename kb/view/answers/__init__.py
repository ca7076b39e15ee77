"""What the graph answers, drawn: one file a question, with the words that the command line uses too."""
