"""Everything that uses boto3 and botocore. A process that only presigns loads nothing of this.

| module | what it does |
|---|---|
| `loader` | loads boto3, and finds its modules under our name |
| `promotion` | turns a client into a boto3 client, with the settings that it was made with |
| `settled_session` | the botocore session that such a client is made from |
| `session`, `resource` | the same for sessions and resources |
| `gate` | decides which calls of such a client the core answers |
| `presigning` | what `presign` and `presign_post` return where boto3 answers |
| `client_exceptions`, `error_classes` | one class for each error of S3, whichever client raises it |
| `default_session` | the default session here and in boto3: one and the same |
| `sources` | reads settings from a botocore session |
| `inplace` | clients of boto3 that presign here: `install` and `accelerate` |
"""
