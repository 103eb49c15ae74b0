"""The same answer sooner: another day, a few records more, a journal as it is now.

Nothing here decides anything: each answer is held equal, to the last letter, to that of
assessing anew. Without this folder all is right, and slower.
"""
