"""Presigned URLs and forms, sent to a real S3 server that verifies signatures."""
