"""Everything that touches boto3 and botocore; a process that only presigns loads none of them.

| module | what it does |
|---|---|
| `loader` | loads boto3, and finds its modules under our name |
| `promotion` | has a client become a client of boto3's, made of what was settled when ours was made |
| `settled_session` | the botocore session that such a client is made from |
| `session`, `resource` | the same for sessions and resources |
| `gate` | decides which calls of such a client the core answers |
| `presigning` | what `presign` and `presign_post` return where boto3 answers |
| `client_exceptions`, `error_classes` | one class for each error of S3, whichever client raises it |
| `default_session` | the default session here and in boto3: one and the same |
| `sources` | answers for settings out of a botocore session |
| `inplace` | clients of boto3 that presign here: `install` and `accelerate` |
"""
