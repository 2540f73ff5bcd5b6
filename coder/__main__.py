"""`python -m coder` is the same as `coder`."""

from coder.cli.main import main

if __name__ == "__main__":  # the measuring process imports this module again
    main()
