"""Pages of projects: editing."""
