"""Every write: one function a use case, one transaction, one event appended."""
