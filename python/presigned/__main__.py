"""``python -m presigned`` is the command ``presigned``."""

import sys

from presigned.cli import main

if __name__ == "__main__":
    sys.exit(main())
