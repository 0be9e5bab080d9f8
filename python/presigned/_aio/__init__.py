"""The parts of `presigned.aio`. aiobotocore and aioboto3 are loaded only for what these parts do not have.

| module | what it does |
|---|---|
| `contexts` | the objects that `async with` turns into clients and resources |
| `loader` | loads aiobotocore and aioboto3; a process that only presigns never does |
| `promotion` | turns a client into an aiobotocore client, with the settings that it was made with |
| `session` | the same for sessions and resources |
| `gate` | decides which calls of such a client the core answers |
| `credentials` | a client's credentials, as aiobotocore's clients ask for them |
| `batch` | many URLs, in a thread if they would block the loop |
"""
