"""``python -m workshop``: the same as ``course``, where unsigned launchers are forbidden."""

import sys

from workshop.cli import main

sys.exit(main())
