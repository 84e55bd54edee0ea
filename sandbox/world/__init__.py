"""The workspace as pure state: who is there, what was said, which forms are open. Nothing here speaks HTTP."""
