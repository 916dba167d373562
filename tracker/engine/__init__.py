"""The pure core: values in, values out. No Django, no I/O, no clock."""
