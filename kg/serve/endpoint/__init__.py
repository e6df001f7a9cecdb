"""A SPARQL 1.1 Protocol endpoint that only answers: each query in a process of its own, within limits.

Nothing is imported here, so that those processes load only what they need.
"""
