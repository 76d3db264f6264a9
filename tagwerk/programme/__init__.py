"""What happens when and where."""
