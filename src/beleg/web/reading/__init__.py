"""What the reading view shows and what its forms mean."""
