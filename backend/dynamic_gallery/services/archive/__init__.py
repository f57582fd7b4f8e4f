"""A session as one ZIP that plays by itself, out and in (SPEC A)."""
