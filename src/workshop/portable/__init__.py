"""A folder that starts the course on a Windows laptop where nothing can be installed."""
