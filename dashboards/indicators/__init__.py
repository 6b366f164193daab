"""The eight indicators of the call, in its order."""
