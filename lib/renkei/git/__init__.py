"""What git is told about notebooks: to keep what people wrote of them, and to show how that changed."""
