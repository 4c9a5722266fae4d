"""What a person can make happen here, one function for each intention."""
