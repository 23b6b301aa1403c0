// The administrator's pages: a form goes once however often its button is pressed, and what is under way is looked at
// again each second. Without it all of it works too, by reloading.

import { asked, read } from "./asking.js";

const EVERY = 1000; // milliseconds

for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.ariaBusy = "true";
  });
}
addEventListener("pageshow", (event) => { // back to a page that was kept: its forms go again
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.ariaBusy = null;
  }
});

async function look() {
  const shown = document.querySelector("#progress[data-live]");
  if (!shown) return;
  try {
    const answer = await asked(location.pathname);
    if (answer.status === 401) { location.reload(); return; }
    if (answer.ok) {
      const next = document.importNode(read(await answer.text()).querySelector("#progress"), true);
      const focused = shown.contains(document.activeElement);
      if (next.outerHTML !== shown.outerHTML) {
        shown.replaceWith(next);
        if (focused) { next.tabIndex = -1; (next.querySelector("button, a") ?? next).focus({ preventScroll: true }); }
      }
    }
  } catch { /* the network is away: the next look follows */ }
  setTimeout(look, EVERY);
}
setTimeout(look, EVERY);
