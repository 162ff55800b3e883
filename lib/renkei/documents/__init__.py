"""One reader per document: from its lines to projects, indicators, outcomes and costs."""
