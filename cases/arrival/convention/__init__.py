"""The tripartite convention of a stay and its security protocol, written from the data, frozen, signed and printed."""
