"""Pages of projects: listing."""
