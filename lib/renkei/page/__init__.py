"""A report as HTML, PDF and Excel, each by one template or module; and the same as exporters of nbconvert."""
