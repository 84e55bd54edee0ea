"""What is wrong with the options of a start before any file is read, in a sentence each."""

from __future__ import annotations

from pathlib import Path

from sandbox.spec import shapes

LAST_PORT = 65_535


def options(*, port: int, deliver: str | None, workspace: Path | None, export: Path | None) -> None:
    """ValueError with a sentence for the first option, or pair of them, that cannot be."""
    if not 0 <= port <= LAST_PORT:
        raise ValueError(f"--port {port}: a port is a number from 0 to {LAST_PORT}")
    if workspace is not None and export is not None:
        raise ValueError("--workspace and --export exclude each other: the export is the workspace")
    if deliver and not shapes.is_url(deliver):
        raise ValueError(f"--deliver {deliver}: an address begins with http:// or https://")
