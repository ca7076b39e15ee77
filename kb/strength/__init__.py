"""How strong the evidence is: design, level for the question asked, whether the source says it, certainty, verdict."""
