"""Writers of files: values in, bytes out."""
