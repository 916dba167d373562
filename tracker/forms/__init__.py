"""Forms: validation beside the field, crispy layout with its form."""
