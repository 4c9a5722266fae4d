"""What a diagnosis asks, how its answers are read, and what they say of a person's strengths and needs."""
