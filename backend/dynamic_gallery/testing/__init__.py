"""The contract suites that every adapter passes; shipped, so that adapters made elsewhere can be held to them.

They need pytest. An adapter's test file subclasses a suite and gives it the adapter and a back door to its medium.
"""
