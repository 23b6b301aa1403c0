// The page at work, live: told that something changed, it fetches what is before its advisor, and replaces only the
// zones that differ; it says that it is open and to be seen; it holds the telephone (leg.js). Without it, every
// action is still a form that is posted.

import { Line } from "./leg.js";
import { asked, begin, setClocks, show as replaceZones, tick } from "./zones.js";

const FALLBACK = 2000; // milliseconds between looks where the stream is away
const SLOW = 10000; // and where it is there
const HEARTBEAT = 5000;
const main = document.querySelector("#main");
const line = new Line(document.querySelector("#line"));
let stream = null;
let lookedAt = 0;
let looking = false;
let again = false;
let active = true;

const facts = () => document.querySelector("#facts").dataset;

function show(html) {
  const before = facts().person;
  replaceZones(html);
  settle();
  if (facts().person !== before) meet();
}

function settle() {
  document.title = facts().title;
  line.keep(facts().leg);
  setClocks(facts().now);
}

async function meet() {
  const answer = await asked("/console/person").catch(() => null);
  if (answer?.ok) replaceZones(await answer.text());
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

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.ariaBusy === "true") return;
  if (button) button.ariaBusy = "true";
  try {
    const answer = await asked(form.action, new URLSearchParams(new FormData(form)));
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

begin();
settle();
beat();
main.dataset.live = ""; // keys are heard from now on
setInterval(tick, 250);
setInterval(beat, HEARTBEAT);
setInterval(() => {
  const open = stream?.readyState === EventSource.OPEN;
  if (Date.now() - lookedAt >= (open ? SLOW : FALLBACK)) look();
}, 500);
