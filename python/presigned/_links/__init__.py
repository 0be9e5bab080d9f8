"""What a presigned link or form says, whether it holds, and why a server refused it. Pure Python, without the core.

This is a second implementation of signatures, from the server's side: it reads a request as it was received. Tests
compare it with botocore and with the core, which make such requests.

| module | what it has |
|---|---|
| `inspection`, `findings` | `inspect`: what a link or a form says, and what is suspicious in it |
| `verification` | `verify`: whether a request or a form holds |
| `policies`, `conditions` | a form's policy, and what its fields and its file do not meet, also for `check` |
| `explanation`, `causes` | `explain`: which causes fit a refusal |
| `search`, `changes` | with the keys: the changes with which a signature fits |
| `answers`, `statements` | what a server's answer and the request itself say |
| `received` | a request as a server receives it, of any object that describes one |
| `links` | a link's or a form's parameters: scope, times, signature |
| `signing` | canonical requests and signatures, of SigV4 and SigV2 |
| `hosts` | what a host of AWS says: bucket, region, kind |
| `secrets` | the keys to check with, and how secrets are kept out of messages |
| `escapes`, `times`, `records` | percent-encoding, instants, plain value objects |
"""
