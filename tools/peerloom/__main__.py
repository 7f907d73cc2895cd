"""`python -m peerloom`."""

from peerloom.cli import main

main()
