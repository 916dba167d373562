"""The Django project: settings, URLs and what applies to every request."""

__version__ = "0.1.0"
