"""From rows and curated files to the tidy tables in `data/tables`."""
