// The supervisors' floor, live: once a second, while it is to be seen, it fetches its zones, says politely which alarms are
// new, and holds the telephone by which a supervisor listens to a talk, whispers, or joins it (leg.js).

import { asked, filled } from "./asking.js";
import { Line } from "./leg.js";
import { begin, setClocks, show, tick } from "./zones.js";

const EVERY = 1000; // milliseconds
const OLD = 5000; // after which what is shown is said to be old
const HERE = 60000;
const main = document.querySelector("#main");
const section = document.querySelector("#line");
const line = section && new Line(section);
let visit = ""; // "12 whisper": the offer of a talk, and the mode
let looking = false;
let seenAt = Date.now();
let active = false;
let known = keys();

function keys() {
  return new Set([...document.querySelectorAll(".alarm")].map((each) => each.dataset.alarm));
}

function take(html) {
  show(html);
  setClocks(document.querySelector("#facts").dataset.now);
  announce();
  if (visit && !document.querySelector(`[data-offer="${visit.split(" ")[0]}"]`)) go("");
  mark();
}

function announce() {
  const now = keys();
  const fresh = [...document.querySelectorAll(".alarm")].filter((each) => !known.has(each.dataset.alarm));
  known = now;
  if (fresh.length) {
    const said = fresh.map((each) => `${each.querySelector("strong").textContent} ${each.querySelector(".todo").textContent}`);
    document.querySelector("#announce").textContent = said.join(" ");
  }
}

async function look() {
  if (document.hidden || looking) return;
  looking = true;
  try {
    const answer = await asked(main.dataset.now);
    document.querySelector("#session-ended").hidden = answer.status !== 401;
    if (answer.status === 401 && visit) go("");
    if (answer.ok) {
      take(await answer.text());
      seenAt = Date.now();
    }
  } catch { /* the network is away: the next look follows */ }
  looking = false;
  document.querySelector("#away").hidden = Date.now() - seenAt < OLD;
}

// Be in a talk by a mode, in another mode, or in none ("").
function go(wanted) {
  if (!line) return;
  const [before] = visit.split(" ");
  const [offer, mode] = wanted.split(" ");
  visit = wanted;
  section.hidden = !wanted;
  if (wanted) {
    const row = document.querySelector(`[data-offer="${offer}"]`);
    section.querySelector("#visit-who").textContent = row.querySelector(".who")?.textContent ?? "";
    const said = section.querySelector("#visit-mode");
    [said.textContent, said.dataset.mode] = [said.dataset[mode], mode];
    section.querySelector("#say").hidden = mode === "listen";
    if (before !== offer) section.querySelector("#visit-title").focus();
  }
  line.keep(wanted);
  mark();
}

function mark() {
  for (const button of document.querySelectorAll("[data-visit]")) button.ariaPressed = String(button.dataset.visit === visit);
  for (const button of document.querySelectorAll("[data-change]")) {
    if (button.dataset.change) button.ariaPressed = String(visit.endsWith(` ${button.dataset.change}`));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-visit], [data-change]");
  if (!button) return;
  const { visit: wanted, change } = button.dataset;
  if (wanted) go(wanted);
  else go(change ? `${visit.split(" ")[0]} ${change}` : "");
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  const answer = await asked(form.action, filled(form, event.submitter)).catch(() => null);
  if (answer?.ok) take(await answer.text());
});

for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => { active = true; });
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });

begin();
setClocks(document.querySelector("#facts").dataset.now);
main.dataset.live = "";
setInterval(look, EVERY);
setInterval(tick, 250);
setInterval(() => {
  if (active) asked(main.dataset.here, new URLSearchParams()).catch(() => null);
  active = false;
}, HERE);
