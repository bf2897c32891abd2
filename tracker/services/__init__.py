"""What the portfolio does. All SQL lives here; functions flush and never commit, `transactions` commits."""
