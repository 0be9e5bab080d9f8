"""Clients of boto3, botocore and aiobotocore that presign here, against the same clients untouched."""
