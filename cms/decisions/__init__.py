"""What one person asks and another decides."""
