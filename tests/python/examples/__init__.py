"""The examples, run: what their pages promise is so."""
