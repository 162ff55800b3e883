"""From a notebook and its parameters to HTML, PDF and the executed notebook."""
