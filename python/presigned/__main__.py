"""``python -m presigned`` is the command ``presigned``."""

import sys

from presigned.cli import main

sys.exit(main())
