"""What the requester knows at the hour of the request: of the minor, of the danger, of the decision awaited."""
