"""How long the pages take: a made-up portfolio of any size in a folder of its own, measured and thrown away."""
