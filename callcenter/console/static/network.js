// What the page asks of the server, and what it says while the server can't be reached, or the session has ended.
//
// `ask` gives null where the network, or what stands behind it, is away; it is asked again by whoever asked. A session
// that has ended leaves the page as it is: signing in again, here or in another window, goes on with it.

import { asked, filled, read } from "./asking.js";
import { clock } from "./zones.js";

const CALM = 1500; // milliseconds that nobody is told of
const PATIENCE = 10000;
const AWAY = new Set([502, 503, 504]);

export class Network extends EventTarget {
  #away = document.querySelector("#away"); #ended = document.querySelector("#session-ended");
  #dialog = document.querySelector("#sign-in-again"); #since = 0;

  constructor() {
    super();
    addEventListener("offline", () => this.#lost());
    addEventListener("online", () => this.dispatchEvent(new Event("back")));
    this.#ended.querySelector("button").addEventListener("click", () => this.#dialog.showModal());
    this.#dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.#signIn(event.target); });
    this.#dialog.querySelector("[type=button]").addEventListener("click", () => this.#dialog.close());
    setInterval(() => this.#tell(), 250);
  }

  // Ask; `body`: of a form. Null: nobody answered.
  async ask(url, body) {
    const answer = await asked(url, body, AbortSignal.timeout(PATIENCE)).catch(() => null);
    if (!answer || AWAY.has(answer.status)) { this.#lost(); return null; }
    const was = this.#since;
    this.#since = 0;
    this.#tell();
    if (was) this.dispatchEvent(new Event("back"));
    this.#ended.hidden = answer.status !== 401;
    if (answer.status !== 401 && this.#dialog.open) this.#dialog.close();
    return answer;
  }

  get isAway() { return this.#since > 0; }
  get isEnded() { return !this.#ended.hidden; }

  #lost() {
    this.#since ||= Date.now();
    this.#tell();
  }

  #tell() {
    this.#away.hidden = !this.#since || Date.now() - this.#since < CALM;
    if (!this.#away.hidden) this.#away.querySelector("bdi").textContent = clock(Date.now() - this.#since);
  }

  async #signIn(form) {
    const given = { method: "POST", body: filled(form), redirect: "manual" };
    const answer = await fetch(form.action, given).catch(() => null);
    form.elements.password.value = "";
    form.elements.code.value = "";
    const said = form.querySelector("[role=alert]");
    said.textContent = "";
    if (answer?.type === "opaqueredirect") { this.#dialog.close(); this.dispatchEvent(new Event("back")); return; }
    const page = answer && read(await answer.text());
    said.textContent = page?.querySelector(".notice")?.textContent.trim() ?? this.#away.firstChild.textContent;
    form.elements.password.focus();
  }
}
