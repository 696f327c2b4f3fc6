"""What is true of the log on any engine: what may be recorded, what counts, and how it is checked and proved."""
