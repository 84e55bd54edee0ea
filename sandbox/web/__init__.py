"""The Web API over aiohttp: one pipeline for every call, and one file of handlers for each family of methods."""
