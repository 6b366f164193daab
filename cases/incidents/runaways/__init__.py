"""Runaways: who is told and when, the notice for the police, the return."""
