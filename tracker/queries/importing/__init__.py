"""The review of a file that a person brings: read into lines, compared with her profile, nothing stored."""
