"""Kinds of the notifications: somebody decides; the key may be made."""

ASKED, AGREED = "software", "software_agreed"
