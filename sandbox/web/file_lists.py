"""files.list and the doors to files that are closed: the old upload, and public addresses."""

from __future__ import annotations

from sandbox.spec.types import Json, SlackError
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import files

TYPES = ("all", "canvas", "spaces", "snippets", "images", "gdocs", "zips", "pdfs")


def list_all(call: Call) -> Json:
    """files.list, in numbered pages."""
    size, number = max(1, call.number("count", 100)), max(1, call.number("page", 1))
    wanted = _types(call)
    rows = [f for f in call.world.files.values() if f.get("mode") != "tombstone"]
    rows = [f for f in rows if files.visible(call.world, f, call.me) and _of_type(f, wanted)]
    if call.text("channel"):
        where = call.text("channel")
        rows = [f for f in rows if where in (*f["channels"], *f["groups"], *f["ims"])]
    if call.text("user"):
        if call.text("user") not in call.world.users:
            raise SlackError("user_not_found")
        rows = [f for f in rows if f["user"] == call.text("user")]
    rows = [f for f in rows if call.number("ts_from", 0) <= f["created"] <= call.number("ts_to", 10**12)]
    rows.sort(key=lambda f: -int(f["created"]))
    paging = {"count": size, "total": len(rows), "page": number, "pages": max(1, -(-len(rows) // size))}
    return {"files": rows[(number - 1) * size : number * size], "paging": paging}


def _types(call: Call) -> set[str]:
    """The words of `types`. SlackError unknown_type."""
    found = {word.strip() for word in call.text("types", "all").split(",") if word.strip()}
    if not found <= set(TYPES):
        raise SlackError("unknown_type")
    return found


def _of_type(file: Json, wanted: set[str]) -> bool:
    mine = {"all"}
    if file["mode"] == "quip":
        mine |= {"canvas", "spaces"}
    elif file["mode"] == "snippet":
        mine.add("snippets")
    if file["mimetype"].startswith("image/"):
        mine.add("images")
    mine.add({"zip": "zips", "pdf": "pdfs", "gdoc": "gdocs"}.get(file["filetype"], "all"))
    return bool(mine & wanted)


def revoke_public(call: Call) -> Json:
    """files.revokePublicURL; only a person's token can make one public, so there is nothing to take back."""
    file = call.world.files.get(call.text("file"))
    if file is None or file.get("mode") == "tombstone" or not files.visible(call.world, file, call.me):
        raise SlackError("file_not_found")
    return {"file": file}


def upload(call: Call) -> Json:
    """files.upload: gone since 2025; getUploadURLExternal and completeUploadExternal took its place."""
    raise SlackError("method_deprecated")


METHODS: dict[str, Handler] = {
    "files.list": list_all,
    "files.revokePublicURL": revoke_public,
    "files.upload": upload,
}
