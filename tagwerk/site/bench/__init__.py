"""The product's own benchmarks: each starts a server with a database of its own on loopback and talks to it by HTTP."""
