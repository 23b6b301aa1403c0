// The page at work, live: told that something changed, it fetches what is before its advisor, and replaces the zones that
// differ (zones.js); it says that it is open and to be seen, posts forms, outlives a lost network and a session that has
// ended (network.js), holds the telephone (leg.js), and rings (bell.js). Without it, every action is a form that is posted.

import { read } from "./asking.js";
import { Bell } from "./bell.js";
import { Line } from "./leg.js";
import { Microphone } from "./microphone.js";
import { Network } from "./network.js";
import * as zones from "./zones.js";

const FALLBACK = 2000; // milliseconds between looks where the stream is away
const SLOW = 10000; // and where it is there
const HEARTBEAT = 5000;
const SAID = 10000; // that a notice stands, unless something else is asked
const LATE = 30000; // after which a deed that the network kept is not done any more
const main = document.querySelector("#main");
const line = new Line(document.querySelector("#line"));
const bell = new Bell(document.querySelector("#line"));
const network = new Network();
const sending = new Set(); // the addresses of forms that are under way
let stream = null;
let lookedAt = 0;
let beatAt = 0;
let looking = false;
let again = false;
let active = true;
let meeting = false;
let saidAt = 0;

if (document.querySelector("#try")) new Microphone(document.querySelector("#line"));
const facts = () => document.querySelector("#facts").dataset;
const seen = () => !document.hidden || bell.notifies || facts().leg !== "";

function show(html, asked = false) {
  const { person, phase, me } = facts();
  const now = read(html).querySelector("#facts");
  if (now && now.dataset.me !== me) { location.reload(); return; } // somebody else has signed in
  if (asked) saidAt = Date.now();
  zones.show(html, now ? now.dataset.person : person, !asked && Date.now() - saidAt < SAID ? "news" : "");
  settle();
  if (facts().person !== person) expect(person, facts().person);
  // with the phase of a call, what may be done for the person changes
  if (facts().phase !== phase || document.querySelector("#person").ariaBusy === "true") meet();
}

// Nothing of who was there before stays; but who was offered is who was accepted.
function expect(before, person) {
  if (!(before.startsWith("offer-") && person.startsWith("call-"))) zones.show(document.querySelector("#who").innerHTML, person);
  document.querySelector("#person").ariaBusy = "true";
}

function settle() {
  zones.setClocks(facts().now);
  bell.tell(facts().phase === "offer", facts().title);
  line.keep(facts().leg);
}

async function meet() {
  if (meeting) return;
  meeting = true;
  const { person } = facts();
  const answer = await network.ask("/console/person");
  meeting = false;
  if (answer?.ok && facts().person === person) zones.show(await answer.text(), person);
  else if (answer?.ok) meet();
}

async function look() {
  if (!seen()) return;
  if (looking) { again = true; return; }
  looking = true;
  do {
    again = false;
    lookedAt = Date.now();
    const answer = await network.ask("/console/desk");
    if (answer?.ok) show(await answer.text().catch(() => ""));
    else if (answer?.status === 401) leave();
  } while (again);
  looking = false;
}

function leave() {
  stream?.close();
  stream = null;
}

function listen() {
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource(main.dataset.events, { withCredentials: true });
  stream.addEventListener("news", look);
}

async function beat() {
  if (!seen()) return;
  beatAt = Date.now();
  const said = new URLSearchParams({ active: active ? "1" : "0", telephone: line.telephone });
  active = false;
  const answer = await network.ask("/console/here", said);
  if (answer?.ok) listen();
  else if (answer?.status === 401) leave();
}

// Post a form; while the network is away again and again, as long as the page is about what it was. An answer below 400
// means that it is done: what was typed is forgotten. With any other it stays.
async function send(form, button) {
  const given = new FormData(form, button);
  if (!given.has("telephone")) given.set("telephone", line.telephone); // a form may have a field of that name
  const body = form.enctype === "multipart/form-data" ? given : new URLSearchParams(given);
  const [address, begun, at] = [form.getAttribute("action"), Date.now(), `${facts().phase} ${facts().person}`];
  while (Date.now() - begun < LATE && at === `${facts().phase} ${facts().person}`) {
    const answer = await network.ask(address, body);
    if (!answer) { await new Promise((later) => { setTimeout(later, 1000); }); await look(); continue; }
    if (answer.ok) zones.forget(form.isConnected ? form : document.querySelector(`form[action="${address}"]`) ?? form);
    const html = await answer.text().catch(() => "");
    document.querySelector("#failed").hidden = answer.ok || answer.status === 401 || html.includes("data-zone");
    if (answer.status !== 401) show(html, true);
    return;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  const address = form.getAttribute("action");
  if (sending.has(address)) return;
  sending.add(address);
  const button = event.submitter;
  if (button) button.ariaBusy = "true";
  await send(form, button);
  if (button) button.ariaBusy = "false";
  sending.delete(address);
  look();
});

// The second click of a double click is none: it would meet what stands there after the first.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("form[data-live] button, form[data-live] [type=submit]")) event.preventDefault();
}, true);

document.addEventListener("keydown", (event) => {
  active = true;
  if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  const button = document.querySelector(`button[data-key="${event.code}"]`);
  if (!button) return;
  event.preventDefault();
  if (button.checkVisibility()) button.click();
});
document.addEventListener("pointerdown", () => { active = true; });
document.addEventListener("visibilitychange", () => { if (!document.hidden) { beat(); look(); } });
addEventListener("pageshow", (event) => { if (event.persisted) { beat(); look(); } });
network.addEventListener("back", () => { beat(); look(); });
line.addEventListener("reach", beat);

zones.begin(facts().person);
settle();
beat();
main.dataset.live = ""; // keys are heard from now on
setInterval(zones.tick, 250);
new Worker(new URL("pulse.js", import.meta.url)).addEventListener("message", () => {
  const open = stream?.readyState === EventSource.OPEN;
  if (Date.now() - lookedAt >= (open ? SLOW : FALLBACK)) look();
  if (Date.now() - beatAt >= HEARTBEAT) beat();
});
