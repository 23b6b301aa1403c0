// Zones: parts of a page that the server renders anew, each replaced only where it differs, without losing what is typed
// or where the focus is; and clocks that go on between two answers.

const shown = new Map(); // zone → its HTML as the server sent it last
let ahead = 0; // milliseconds that the server's clock is ahead of ours

export const asked = (url, body) => fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Console": "script" } });

// Take the page as it was loaded for what the server sent last.
export function begin() {
  for (const zone of document.querySelectorAll("[data-zone]")) shown.set(zone.id, zone.outerHTML);
}

// Replace the zones that an answer of the server holds.
export function show(html) {
  const fragment = new DOMParser().parseFromString(html, "text/html");
  for (const zone of fragment.querySelectorAll("[data-zone]")) replace(document.importNode(zone, true));
}

function replace(zone) {
  const html = zone.outerHTML;
  if (shown.get(zone.id) === html) return;
  shown.set(zone.id, html);
  const old = document.getElementById(zone.id);
  const typed = new Map();
  for (const field of old.querySelectorAll("textarea[id]")) typed.set(field.id, field.value);
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const place = focus && { id: focus.id, key: focus.dataset.key, from: focus.selectionStart, to: focus.selectionEnd };
  old.replaceWith(zone);
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  if (!place) return;
  const next = document.getElementById(place.id || "-") ?? zone.querySelector(`[data-key="${place.key}"]`);
  const heading = zone.querySelector("h2, strong");
  if (next) next.focus();
  else if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  if (next?.setSelectionRange && place.from !== undefined) next.setSelectionRange(place.from, place.to);
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
    const seconds = Math.max(0, Math.floor((since ? now - Date.parse(since) : Date.parse(until) - now) / 1000));
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (time.textContent !== text) time.textContent = text;
  }
}
