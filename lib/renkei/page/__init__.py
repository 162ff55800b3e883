"""The two nbconvert exporters: one offline HTML page, one tagged PDF, from one template."""
