"""The same random program on boto3 and on presigned, line by line: all that it can see is the same."""
