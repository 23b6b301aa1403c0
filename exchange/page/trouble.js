// What is wrong, and what to do about it, in one line each above the page.

import { byId, make } from "./elements.js";
import { RefusedError } from "./call.js";
import { text, worded } from "./words.js";

export class Trouble {
  #shown = new Map();
  #call;

  constructor(call) {
    this.#call = call;
    call.on("gone", () => this.say("trouble.gone"));
    call.on("began", () => {
      for (const key of ["trouble.gone", "trouble.refused", "trouble.application", "trouble.elsewhere"]) this.unsay(key);
    });
  }

  /** Show one line, once; `doing` is a button beside it: its words and what it does. */
  say(key, values = {}, doing = null) {
    this.unsay(key);
    const close = worded(make("button", { type: "button", className: "plain" }), "close");
    close.addEventListener("click", () => this.unsay(key));
    const buttons = make("span", {}, close);
    if (doing) {
      const button = worded(make("button", { type: "button", className: "plain" }), doing.words);
      button.addEventListener("click", () => {
        this.unsay(key);
        doing.act();
      });
      buttons.prepend(button);
    }
    const line = make("div", {}, worded(make("span"), key, values), buttons);
    this.#shown.set(key, line);
    byId("trouble").append(line);
  }

  unsay(key) {
    this.#shown.get(key)?.remove();
    this.#shown.delete(key);
  }

  connection(state) {
    if (state === "lost" && !this.#shown.has("trouble.lost")) this.say("trouble.lost");
    if (state === "found") this.unsay("trouble.lost");
  }

  /** Do something that the exchange may refuse, and say so if it does. */
  async trying(deed) {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (error.message) this.say("trouble.refused", { reason: error.message });
      return null;
    }
  }

  /** Read a line aloud to those who do not see it. */
  announce(key, values) {
    byId("announcer").textContent = text(key, values);
  }
}
