"""Other formats of the field, one file each, read into records."""
