// Looking articles up as one types. What is looked for goes in a form's body, never in an address; without this module
// the same form is sent by its button.

import { fetched, filled } from "./asking.js";

const PAUSE = 180; // milliseconds without a key before it is looked for
const form = document.querySelector("#knowledge form");
const field = document.querySelector("#sought");
const found = document.querySelector("#found");
const away = document.querySelector("#knowledge-away");
const end = document.querySelector("#script")?.parentElement; // beside a call
let turn = 0;
let waiting = 0;

async function find() {
  clearTimeout(waiting);
  const mine = ++turn;
  if (end && !field.value.trim() && !form.elements.subject.value) { // no call, nothing looked for
    found.replaceChildren();
    return;
  }
  const page = await fetched(form.action, filled(form));
  if (mine !== turn) return; // something else was typed meanwhile
  away.hidden = Boolean(page);
  if (!page) return;
  const open = new Set([...found.querySelectorAll("details[open]")].map((each) => each.id));
  const at = found.contains(document.activeElement) ? document.activeElement.closest("details")?.id : "";
  found.replaceChildren(...page.body.childNodes);
  for (const each of found.querySelectorAll("details")) each.open = open.has(each.id);
  if (at) (document.getElementById(at)?.querySelector("summary") ?? field).focus();
}

function toField() {
  field.focus();
  field.select();
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === form.dataset.key) {
    event.preventDefault();
    toField();
  }
});
document.querySelector("#knowledge").addEventListener("keydown", (event) => {
  const places = [field, ...found.querySelectorAll("summary")];
  const at = places.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && at >= 0 && !event.altKey) {
    event.preventDefault();
    places[Math.min(Math.max(at + step, 0), places.length - 1)].focus();
  } else if (event.key === "Escape") {
    const article = document.activeElement.closest("details[open]");
    if (article) article.open = false;
    else toField();
    event.preventDefault();
  }
});

// Beside a call: the articles of its subject, as soon as there is one.
function follow() {
  const subject = document.querySelector("#script")?.dataset.subject;
  if (subject === undefined || subject === form.elements.subject.value) return;
  form.elements.subject.value = subject;
  if (!field.value.trim()) find();
}
if (end) {
  new MutationObserver(follow).observe(end, { childList: true });
  follow();
}
