// With whom the call is connected, or for whom it waits.

import { make } from "./elements.js";
import { worded } from "./words.js";

export class Connected {
  #handset;

  constructor(call, handset) {
    this.#handset = handset;
    call.on("queued", ({ position }) => this.#note("log.queued", { position }, "cue.queued"));
    call.on("joined", ({ others }) => this.#with(others));
    call.on("left", ({ own, who, others }) => {
      if (own) this.#note("log.parted", {}, "cue.thinking");
      else this.#note("log.left", { who }, others.length ? "cue.connected" : "cue.alone");
    });
    call.on("held", ({ own }) => own && this.#note("log.held", {}, "cue.held"));
    call.on("unheld", ({ own }) => own && this.#note("log.unheld", {}, "cue.connected"));
    call.on("answered", () => this.#note("log.answered", {}, "cue.thinking"));
    call.on("heard", ({ who, text, history }) => {
      const line = make("p", { className: "said", dir: "auto" }, `${who} : ${text}`);
      handset.add(line);
      handset.cue("cue.connected");
      if (!history) line.scrollIntoView({ block: "nearest" });
    });
  }

  #with(others) {
    if (others.length) this.#note("log.joined", { others: others.join(", ") }, "cue.connected");
    else this.#note("log.first", {}, "cue.alone");
  }

  #note(words, values, cue) {
    this.#handset.add(worded(make("p", { className: "note" }), words, values));
    this.#handset.cue(cue);
  }
}
