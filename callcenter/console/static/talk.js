// Of talks and of the day, beside console.js: the panel of colleagues, the callbacks of the day, results by Alt and a
// figure, and a note that nobody took.

import { fetched } from "./asking.js";

const EVERY = 30000; // milliseconds between looks at the callbacks of the day
const ANSWERED = 5000; // a form that was posted is answered by then
const panel = document.querySelector("#panel");
const unsent = document.querySelector("#unsent");
const notes = new Map(); // textarea's id → what is written there
let sentAt = 0;
let listed = document.querySelector("#callbacks").outerHTML;

async function open(form) {
  const page = await fetched(form.action);
  if (!page || panel.open) return;
  panel.replaceChildren(...page.body.children);
  panel.showModal();
}

async function renew() {
  const old = document.querySelector("#callbacks");
  if (document.hidden || old.matches(":has(:popover-open, :focus-visible)")) return;
  const zone = (await fetched("/console/callbacks"))?.querySelector("#callbacks");
  if (!zone || zone.outerHTML === listed) return;
  listed = zone.outerHTML;
  document.querySelector("#callbacks").replaceWith(document.importNode(zone, true));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-panel]")) { event.preventDefault(); open(form); }
  if (panel.contains(form)) panel.close();
  if (form.querySelector("textarea[id]")) sentAt = Date.now();
  if (!form.closest("#callbacks")) return;
  form.closest("[popover]")?.hidePopover();
  document.activeElement?.blur();
  for (const later of [300, 1500]) setTimeout(renew, later);
});

panel.addEventListener("click", (event) => {
  if (event.target !== panel && !event.target.closest("[data-close]")) return;
  event.preventDefault();
  panel.close();
});

// Whatever a key does, it does not do it behind an open panel.
document.addEventListener("keydown", (event) => {
  if (panel.open && event.altKey) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);

document.addEventListener("keydown", (event) => {
  const figure = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const inList = event.target.matches?.("input[data-digit]");
  if (!figure || event.ctrlKey || event.metaKey || !(event.altKey || inList)) return;
  const choice = document.querySelector(`input[data-digit="${figure}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.click();
  choice.focus();
});

document.addEventListener("input", (event) => {
  if (event.target.matches?.("#after textarea[id]")) notes.set(event.target.id, event.target.value);
});

// The page shows something new: the panel was about what was before; a note that is gone was sent, or nobody took it.
function shown() {
  if (panel.open && document.querySelector("#call").dataset.phase !== "talking") panel.close();
  for (const [id, text] of notes) {
    if (document.getElementById(id)) continue;
    notes.delete(id);
    if (!text.trim() || Date.now() - sentAt < ANSWERED) continue;
    unsent.querySelector("textarea").value = text;
    unsent.hidden = false;
  }
}

unsent.querySelector("button").addEventListener("click", () => { unsent.hidden = true; });
new MutationObserver(shown).observe(document.querySelector("#facts").parentNode, { childList: true });
setInterval(renew, EVERY);
