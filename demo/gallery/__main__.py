"""`python -m demo.gallery`: write the page and the calls; with `--golden`, the payloads that the tests compare."""

from __future__ import annotations

import argparse
from pathlib import Path

from demo.gallery import calls, golden, page
from demo.gallery.table import entries

FOLDER = Path("var") / "gallery"


def main() -> None:
    """Write what is asked for, and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m demo.gallery", description=(__doc__ or "").strip())
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where page and calls go")
    parser.add_argument("--golden", action="store_true", help="rewrite the payloads that the tests compare")
    options = parser.parse_args()
    if options.golden:
        print(f"{golden.write()} files in {golden.FOLDER}")
        return
    drawn = list(entries())
    options.folder.mkdir(parents=True, exist_ok=True)
    where = options.folder / "index.html"
    where.write_text(page.page(drawn), encoding="utf-8")
    (options.folder / "calls.jsonl").write_text("".join(f"{line}\n" for line in calls.lines(drawn)), encoding="utf-8")
    print(f"{len(drawn)} pictures: {where.resolve().as_uri()}")


if __name__ == "__main__":
    main()
