"""From reports that stand in their folder to e-mails: drafts to look at, and sending."""
