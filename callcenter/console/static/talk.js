// Of talks and of the day: the panel of colleagues, the callbacks of the day, results by Alt and a figure, and a note
// that nobody took.

import { asked, replace } from "./console.js";

const EVERY = 30000; // milliseconds between looks at the callbacks of the day
const ANSWERED = 5000; // a form that was posted is answered by then
const panel = document.querySelector("#panel");
const unsent = document.querySelector("#unsent");
const notes = new Map(); // textarea's id → what is written there
let sentAt = 0;

async function fetched(url) {
  const answer = await asked(url).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

async function open(form) {
  const page = await fetched(form.action);
  if (!page) return;
  panel.replaceChildren(...page.body.children);
  panel.showModal();
}

async function renew() {
  if (document.hidden || document.querySelector("#callbacks :popover-open")) return;
  const zone = (await fetched("/console/callbacks"))?.querySelector("#callbacks");
  if (zone) replace(document.importNode(zone, true));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-panel]")) { event.preventDefault(); open(form); }
  if (panel.contains(form)) panel.close();
  form.closest("[popover]")?.hidePopover();
  if (form.matches("[data-callbacks]")) setTimeout(renew, 400);
  if (form.querySelector("textarea[id]")) sentAt = Date.now();
});

panel.addEventListener("click", (event) => {
  if (event.target !== panel && !event.target.closest("[data-close]")) return;
  event.preventDefault();
  panel.close();
});

// Whatever is done by a key is not done behind an open panel.
document.addEventListener("keydown", (event) => {
  if (panel.open && event.altKey && event.code.startsWith("Key")) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);

document.addEventListener("keydown", (event) => {
  const figure = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const inList = event.target.matches?.("input[data-digit]");
  if (!figure || event.ctrlKey || event.metaKey || panel.open || !(event.altKey || inList)) return;
  const choice = document.querySelector(`input[data-digit="${figure}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
});

document.addEventListener("input", (event) => {
  if (event.target.matches?.("#after textarea[id]")) notes.set(event.target.id, event.target.value);
});

// The page shows something new: the panel was about what was before; a note that is gone was sent, or nobody took it.
document.addEventListener("shown", () => {
  if (panel.open && document.querySelector("#call").dataset.phase !== "talking") panel.close();
  for (const [id, text] of notes) {
    if (document.getElementById(id)) continue;
    notes.delete(id);
    if (text.trim() && Date.now() - sentAt > ANSWERED) { unsent.querySelector("textarea").value = text; unsent.hidden = false; }
  }
});
unsent.querySelector("button").addEventListener("click", () => { unsent.hidden = true; });

setInterval(renew, EVERY);
