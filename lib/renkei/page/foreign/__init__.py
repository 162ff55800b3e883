"""What a notebook shows that is none of our pieces, as pieces: Markdown, and outputs of any library."""
