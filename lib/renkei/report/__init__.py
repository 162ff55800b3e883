"""What notebooks show: one call gives one heading, paragraph, table or figure."""
