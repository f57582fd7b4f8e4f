"""Dynamic Gallery: keeps every generated picture of a session and opens the session again."""
