"""`kb check --fix`: what can be mended without judgement."""
