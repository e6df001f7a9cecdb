"""The local web application: pages that read like the digests, and a SPARQL 1.1 endpoint; the same pages as files.

Nothing is imported here, so that the processes that answer queries load only what they need.
"""
