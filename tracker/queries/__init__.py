"""Every read: rows become engine values, in a constant number of queries."""
