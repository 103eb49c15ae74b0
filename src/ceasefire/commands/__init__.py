"""The commands of the program `ceasefire`, a module for each subject."""
