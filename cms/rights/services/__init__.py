"""What may be done with requests of rights, copies of files and reviews. Each service tells the journal."""
