"""Private keys, and what is signed with them for CloudFront."""
