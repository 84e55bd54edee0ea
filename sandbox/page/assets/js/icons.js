// The signs of the page itself, drawn as lines, so that they look the same on machines without an emoji font.

const PATHS = {
  menu: "M4 6h16M4 12h16M4 18h16",
  pin: "M9 3h6l-1 6 4 4H6l4-4-1-6zM12 13v8", people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  thread: "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5", smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c1.8 2.4 5.2 2.4 7 0M9 9.5v.5M15 9.5v.5",
  check: "M5 12.5l4.5 4.5L19 7.5", more: "M5 12h.01M12 12h.01M19 12h.01", lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3", close: "M6 6l12 12M18 6L6 18",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6", trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v5M14 11v5", eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  plus: "M12 5v14M5 12h14", at: "M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM15.5 8.5V13a2.5 2.5 0 0 0 5 0v-1a8.5 8.5 0 1 0-3.5 6.9", slash: "M15 4L9 20", reply: "M10 8L5 13l5 5M5 13h9a5 5 0 0 1 5 5",
  down: "M12 5v14M6 13l6 6 6-6", broom: "M14 4l-3 8M6 12h11l2 8H5zM9 20v-4M14 20v-4", back: "M11 6l-6 6 6 6M5 12h14", switch: "M8 4L5 7l3 3M5 7h13M16 14l3 3-3 3M19 17H6", bug: "M8 9h8v6a4 4 0 0 1-8 0zM9.5 9a2.5 2.5 0 0 1 5 0M4 8l4 2M20 8l-4 2M3 14h5M21 14h-5M5 20l3-3M19 20l-3-3",
};

/** A small drawing; who cannot see it is told by the element around it. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "drawn", "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
