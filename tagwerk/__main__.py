"""Lets `python -m tagwerk` do what the command `tagwerk` does."""

import sys

from tagwerk.site.cli import main

sys.exit(main())
