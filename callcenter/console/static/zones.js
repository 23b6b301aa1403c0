// Replaces a zone of the page by what the server sent of it, where that differs, and keeps what a person typed, chose,
// opened or scrolled in it, and where the focus is. Elements of the old zone and of the new are the same by their id,
// else by their form, name, value or words, and their order.
//
// Of a zone that is about another call than before nothing is kept, lest what was typed about one person be sent about
// another; `data-stays` says that a zone is about no call. What was sent with success is forgotten too (`forget`). The
// focus of what is gone goes to `data-focus`, else to the zone's heading. And clocks, which go on between two answers.

import { read } from "./asking.js";

const KEPT = "input:not([type=hidden]), select, textarea, button, a[href], summary, details, [id]";
const shown = new Map(); // zone → its HTML as the server sent it last
const about = new Map(); // zone → the call that it was about then
const touched = new WeakSet();
let ahead = 0; // milliseconds that the server's clock is ahead of ours

for (const event of ["input", "change"]) document.addEventListener(event, ({ target }) => touched.add(target), true);
document.addEventListener("click", ({ target }) => {
  const summary = target.closest?.("summary");
  if (summary) touched.add(summary.parentElement);
}, true);

// Take the zones as they are in the page for what the server sent; `call`: what the page is about, where it changes.
export function begin(call) {
  for (const zone of document.querySelectorAll("[data-zone]")) { shown.set(zone.id, zone.outerHTML); about.set(zone.id, call); }
}

// Have the fields of a form be the server's from now on.
export function forget(form) {
  for (const field of form.elements) touched.delete(field);
}

// Replace the zones of a fragment, but for one.
export function show(html, call, but = "") {
  for (const zone of read(html).querySelectorAll("[data-zone]")) {
    if (zone.id !== but && document.getElementById(zone.id)) replace(document.importNode(zone, true), call);
  }
}

function replace(zone, call) {
  const html = zone.outerHTML;
  const same = "stays" in zone.dataset || about.get(zone.id) === call;
  about.set(zone.id, call);
  if (same && shown.get(zone.id) === html) return;
  shown.set(zone.id, html);
  const old = document.getElementById(zone.id);
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const [before, after] = [index(old), index(zone)];
  const pairs = [[old, zone], ...[...before].map(([name, was]) => [was, after.get(name)])];
  const scrolled = pairs.map(([was, is]) => [is, was.scrollTop, was.scrollLeft]).filter(([is, y, x]) => is && (y || x));
  if (same) for (const [was, is] of pairs) if (is && touched.has(was) && is.type === was.type) copy(was, is);
  const selection = focus && [focus.selectionStart, focus.selectionEnd, focus.selectionDirection];
  old.replaceWith(zone);
  if (same) for (const [is, y, x] of scrolled) is.scrollTo(x, y);
  if (focus) refocus(zone, pairs.find(([was]) => was === focus)?.[1], same ? selection : null);
}

function index(zone) {
  const [found, times] = [new Map(), new Map()];
  for (const each of zone.querySelectorAll(KEPT)) {
    const name = nameOf(each);
    times.set(name, (times.get(name) ?? 0) + 1);
    found.set(`${name} ${times.get(name)}`, each);
  }
  return found;
}

function nameOf(element) {
  if (element.id) return `#${element.id}`;
  if (element.dataset.key) return `key ${element.dataset.key}`;
  if (element.matches("summary")) return `summary of ${nameOf(element.parentElement)}`;
  if (element.matches("details")) return `details ${element.querySelector("summary")?.textContent}`;
  if (element.matches("a")) return `a ${element.getAttribute("href")}`;
  const chosen = ["radio", "checkbox", "submit"].includes(element.type) ? element.value : "";
  return `${element.form?.getAttribute("action")} ${element.name} ${chosen}`;
}

function copy(was, is) {
  touched.add(is);
  if (is.matches("details")) is.open = was.open;
  else if (is.type === "checkbox" || is.type === "radio") is.checked = was.checked;
  else if (is.type === "file") is.files = was.files;
  else if (is.matches("select")) {
    const chosen = new Set([...was.selectedOptions].map((each) => each.value));
    if ([...is.options].some((each) => chosen.has(each.value))) for (const each of is.options) each.selected = chosen.has(each.value);
  } else if ("value" in is && !is.matches("button")) is.value = was.value;
}

function refocus(zone, next, selection) {
  const heading = zone.querySelector("[data-focus]") ?? zone.querySelector("h2, strong");
  if (next && !next.disabled && next.checkVisibility()) next.focus({ preventScroll: true });
  else if (heading) { if (heading.tabIndex < 0) heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  if (next?.setSelectionRange && typeof selection?.[0] === "number") next.setSelectionRange(...selection);
}

// Set the clocks by the server's: `now` is its instant.
export function setClocks(now) {
  ahead = Date.parse(now) - Date.now();
  tick();
}

export function tick() {
  const now = Date.now() + ahead;
  for (const time of document.querySelectorAll("time[data-since], time[data-until]")) {
    const { since, until } = time.dataset;
    const text = clock(Math.max(0, since ? now - Date.parse(since) : Date.parse(until) - now));
    if (time.textContent !== text) time.textContent = text;
  }
}

// Return milliseconds as a clock shows them.
export function clock(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
