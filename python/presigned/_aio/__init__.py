"""What `presigned.aio` is made of; aiobotocore and aioboto3 are loaded for what that has not.

| module | what it does |
|---|---|
| `contexts` | what `async with` makes clients and resources of |
| `loader` | loads aiobotocore and aioboto3; a process that only presigns never does |
| `promotion` | has a client become a client of aiobotocore's, made of what was settled when ours was made |
| `session` | the same for sessions and resources |
| `gate` | decides which calls of such a client the core answers |
| `credentials` | what a client signs with, as aiobotocore's clients ask for it |
| `batch` | many URLs, in a thread where they would keep the loop waiting |
"""
