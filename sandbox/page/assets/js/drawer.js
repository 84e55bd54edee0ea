// In a narrow window the list of conversations is a drawer: it opens by its button, and closes by a choice, Escape, or a press beside it.

import { on } from "./store.js";

const sidebar = document.getElementById("sidebar");
let opener = null;

const isOpen = () => sidebar.classList.contains("open");

export function toggleDrawer(event) {
  if (isOpen()) return close();
  opener = event.currentTarget;
  sidebar.classList.add("open");
  (sidebar.querySelector(".room.here") || sidebar.querySelector(".room"))?.focus();
  return undefined;
}

function close() {
  if (!isOpen()) return;
  sidebar.classList.remove("open");
  if (opener?.isConnected) opener.focus();
}

export function drawer() {
  on("place", () => sidebar.classList.remove("open"));
  document.addEventListener("pointerdown", (event) => { if (isOpen() && !sidebar.contains(event.target) && !opener?.contains(event.target)) close(); }, true);
  sidebar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.preventDefault();
    close();
  });
}
