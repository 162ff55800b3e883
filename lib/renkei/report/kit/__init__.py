"""What the families' modules are made with: kinds of pieces, charts, and how things are worded."""
