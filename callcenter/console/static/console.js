// The page at work, live: told that something changed, it fetches what is before its advisor, and replaces only the
// zones that differ; it says that it is open and to be seen; it holds the telephone (leg.js). Without it, every
// action is still a form that is posted.

import { Line } from "./leg.js";

const FALLBACK = 2000; // milliseconds between looks where the stream is away
const SLOW = 10000; // and where it is there
const HEARTBEAT = 5000;
const KEPT = "textarea[id], select[id], input[id]:not([type=hidden]), details[id]"; // what was typed and opened stays
const shown = new Map(); // zone → its HTML as the server sent it last
const main = document.querySelector("#main");
const line = new Line(document.querySelector("#line"));
let ahead = 0; // milliseconds that the server's clock is ahead of ours
let stream = null;
let lookedAt = 0;
let looking = false;
let again = false;
let active = true;

const facts = () => document.querySelector("#facts").dataset;
const asked = (url, body) => fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Console": "script" } });

function replace(zone) {
  const html = zone.outerHTML;
  if (shown.get(zone.id) === html) return;
  shown.set(zone.id, html);
  const old = document.getElementById(zone.id);
  if (!old) return;
  const kept = [...old.querySelectorAll(KEPT)];
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const place = focus && { id: focus.id, key: focus.dataset.key, from: focus.selectionStart, to: focus.selectionEnd };
  old.replaceWith(zone);
  for (const was of kept) {
    const is = document.getElementById(was.id);
    if (!is) continue;
    if (is.localName === "details") is.open ||= was.open;
    else if (was.type === "checkbox") is.checked = was.checked;
    else if (was.localName !== "select" || [...is.options].some((option) => option.value === was.value)) is.value = was.value;
  }
  if (!place) return;
  const next = document.getElementById(place.id || "-") ?? zone.querySelector("[data-focus]") ?? zone.querySelector(`[data-key="${place.key}"]`);
  const heading = zone.querySelector("h2, strong");
  if (next) next.focus();
  else if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  if (next?.setSelectionRange && place.from !== undefined) next.setSelectionRange(place.from, place.to);
}

function show(html) {
  const before = facts().person;
  const fragment = new DOMParser().parseFromString(html, "text/html");
  for (const zone of fragment.querySelectorAll("[data-zone]")) replace(document.importNode(zone, true));
  settle();
  if (facts().person !== before) meet();
}

function settle() {
  ahead = Date.parse(facts().now) - Date.now();
  document.title = facts().title;
  line.keep(facts().leg);
  tick();
}

async function meet() {
  const answer = await asked("/console/person").catch(() => null);
  if (!answer?.ok) return;
  const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const zone of fragment.querySelectorAll("[data-zone]")) replace(document.importNode(zone, true));
}

async function look() {
  if (document.hidden) return;
  if (looking) { again = true; return; }
  looking = true;
  do {
    again = false;
    lookedAt = Date.now();
    try {
      const answer = await asked("/console/desk");
      ended(answer.status === 401);
      if (answer.ok) show(await answer.text());
    } catch { /* the network is away: the next look follows */ }
  } while (again);
  looking = false;
}

function ended(is) {
  document.querySelector("#session-ended").hidden = !is;
  if (is && stream) { stream.close(); stream = null; }
}

function listen() {
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource(main.dataset.events, { withCredentials: true });
  stream.addEventListener("news", look);
}

async function beat() {
  if (document.hidden) return;
  const said = new URLSearchParams({ active: active ? "1" : "0" });
  active = false;
  const answer = await asked("/console/here", said).catch(() => null);
  if (answer) ended(answer.status === 401);
  if (answer?.ok) listen();
}

function tick() {
  const now = Date.now() + ahead;
  for (const time of document.querySelectorAll("time[data-since], time[data-until]")) {
    const { since, until } = time.dataset;
    const seconds = Math.max(0, Math.floor((since ? now - Date.parse(since) : Date.parse(until) - now) / 1000));
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (time.textContent !== text) time.textContent = text;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.ariaBusy === "true") return;
  if (button) button.ariaBusy = "true";
  try {
    const answer = await asked(form.action, new URLSearchParams(new FormData(form, button)));
    ended(answer.status === 401);
    if (answer.ok) show(await answer.text());
  } catch { /* the network is away: what was typed is still there */ }
  if (button) button.ariaBusy = "false";
  look();
});

document.addEventListener("keydown", (event) => {
  active = true;
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const button = document.querySelector(`button[data-key="${event.code}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("pointerdown", () => { active = true; });
document.addEventListener("visibilitychange", () => { if (!document.hidden) { beat(); look(); } });

for (const zone of document.querySelectorAll("[data-zone]")) shown.set(zone.id, zone.outerHTML);
settle();
beat();
main.dataset.live = ""; // keys are heard from now on
setInterval(tick, 250);
setInterval(beat, HEARTBEAT);
setInterval(() => {
  const open = stream?.readyState === EventSource.OPEN;
  if (Date.now() - lookedAt >= (open ? SLOW : FALLBACK)) look();
}, 500);
