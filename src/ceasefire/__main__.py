"""`python -m ceasefire`: the program, where its script is not on the path."""

from ceasefire.cli import main

if __name__ == "__main__":
    main(prog_name="ceasefire")
