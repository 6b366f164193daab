"""What a minor housed in the network says of what goes wrong, without an account, to the coordination alone."""
