"""How long the pages take: a made-up portfolio of any size in its own folder, measured and thrown away."""
