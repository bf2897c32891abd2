"""Pages of projects: page."""
