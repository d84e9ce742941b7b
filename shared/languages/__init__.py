"""Languages: a folder for each, and beside them what all of them are used by."""
