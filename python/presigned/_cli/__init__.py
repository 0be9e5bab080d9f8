"""What the command `presigned` is made of."""
