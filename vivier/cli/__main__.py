"""`python -m vivier.cli`, the same as the command `vivier`."""

import sys

from vivier.cli import main

sys.exit(main())
