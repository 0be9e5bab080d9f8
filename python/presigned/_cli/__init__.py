"""The parts of the command `presigned`."""
