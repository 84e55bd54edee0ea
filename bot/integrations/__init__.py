"""The way out: one file a vendor, each implementing a port."""
