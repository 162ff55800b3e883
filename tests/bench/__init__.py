"""How long batches take against what else there is, and the tables of it in docs: `make bench`."""
