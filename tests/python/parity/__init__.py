"""Cases for boto3 and presigned at the same instant, and the answer of each."""
