// The one way to make DOM here: text goes in as text, so nothing that people or apps write can become markup.

/** An element. `props`: class, on (listeners), data, style, aria-* and plain attributes or properties; null is left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) set(node, key, value);
  put(node, children);
  return node;
}

function set(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "class") node.className = value;
  else if (key === "on") for (const [name, fn] of Object.entries(value)) node.addEventListener(name, fn);
  else if (key === "data") Object.assign(node.dataset, value);
  else if (key === "style") Object.assign(node.style, value);
  else if (key in node && typeof node[key] !== "object" && !key.includes("-") && key !== "list") node[key] = value;
  else node.setAttribute(key, value === true ? "" : value);
}

/** Appends strings as text, nodes as they are, lists flat. */
export function put(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren();
  return put(node, ...children);
}

/** Makes the children of a box exactly these nodes, touching only what differs (focus and playing videos stay). */
export function arrange(box, wanted) {
  const keep = new Set(wanted);
  for (const child of [...box.childNodes]) if (!keep.has(child)) child.remove();
  let at = box.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else box.insertBefore(node, at);
  }
}

/** A small round button with a sign in it and a name for those who do not see it. */
export function iconButton(sign, label, onclick, more = {}) {
  return h("button", { type: "button", class: "icon", title: label, "aria-label": label, on: { click: onclick }, ...more }, sign);
}

/** An address that may stand behind a link; anything that could run is refused. */
export function safeLink(url) {
  return /^(https?:|mailto:|slack:|tel:)/i.test(String(url)) ? String(url) : null;
}

/** Where a floating box belongs: inside the modal in front, because nothing else can be seen there. */
export function floor() {
  const open = [...document.querySelectorAll("dialog[open]")];
  return open.length ? open[open.length - 1] : document.body;
}

/** Puts a floating box beside an anchor and inside the window. */
export function beside(box, anchor, { above = false } = {}) {
  floor().append(box);
  const at = anchor.getBoundingClientRect();
  const high = box.offsetHeight, wide = box.offsetWidth;
  const up = above ? at.top - high - 4 > 0 : at.bottom + high + 4 > innerHeight && at.top - high - 4 > 0;
  box.style.top = `${Math.max(4, up ? at.top - high - 4 : Math.min(at.bottom + 4, innerHeight - high - 4))}px`;
  box.style.left = `${Math.max(4, Math.min(at.left, innerWidth - wide - 8))}px`;
}
