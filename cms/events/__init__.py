"""What happened, told to other software: a feed, and signed notices to the addresses that two people agreed to."""
