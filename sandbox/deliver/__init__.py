"""The way from the workspace to the app: payload shapes, Socket Mode, signed HTTP, retries."""
