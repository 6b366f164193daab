"""The text of a convention with a partner: written from a template that the network edits, frozen, printed."""
