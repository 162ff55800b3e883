"""A year's actuals: workbooks for offices, and what comes back from them into `data/actuals`."""
