"""Boundaries, coordinate systems, spatial checks: the only home of geopandas, pyproj and shapely's algorithms."""
