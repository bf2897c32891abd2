"""What may come in: every rule, usable for a screen and for a spreadsheet row alike."""
