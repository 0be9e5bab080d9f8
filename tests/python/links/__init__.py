"""What `inspect`, `verify` and `explain` say of links and forms, those of botocore among them."""
