"""The workspace in the browser: assets without a build step, and the little that they need of the server."""
