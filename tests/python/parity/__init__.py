"""Cases put to boto3 and to presigned at the same instant, and what each answers."""
