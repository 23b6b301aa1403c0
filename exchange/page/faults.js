// The fault switches: what goes wrong on purpose, for every call and SMS of this exchange.

import { byId, make } from "./elements.js";
import { RefusedError } from "./call.js";
import { text, worded } from "./words.js";

const HOW_OFTEN = { "faults.never": 0, "faults.next": "next", "faults.tenth": 0.1, "faults.half": 0.5, "faults.always": 1 };

export class Faults {
  #trouble;
  #switches = null;

  constructor(trouble) {
    this.#trouble = trouble;
    byId("faults").addEventListener("toggle", () => byId("faults").open && this.#load());
    byId("faults-off").addEventListener("click", () => this.#put({ seed: this.#switches?.seed ?? 0 }));
    document.addEventListener("language", () => this.#switches && this.#show(this.#switches));
    this.#load();
  }

  /** Look again where a switch counts down. */
  look() {
    if (Object.values(this.#switches ?? {}).some((each) => each.next > 0)) this.#load();
  }

  async #load() {
    try {
      this.#show(await (await fetch("faults")).json());
    } catch {
      return; // the stream says that the exchange is away
    }
  }

  async #put(switches) {
    await this.#trouble.trying(async () => {
      const response = await fetch("faults", { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(switches) });
      const answer = await response.json();
      if (!response.ok) throw new RefusedError(answer.error);
      this.#show(answer);
    });
  }

  #show(switches) {
    this.#switches = switches;
    const names = Object.keys(switches).filter((name) => name !== "seed");
    const focused = document.activeElement?.dataset?.fault;
    byId("faults-list").replaceChildren(...names.map((name) => this.#row(name, switches[name])));
    if (focused) byId("faults-list").querySelector(`[data-fault="${focused}"]`)?.focus();
    const on = names.filter((name) => switches[name].probability > 0 || switches[name].next > 0).length;
    byId("faults-on").hidden = on === 0;
    worded(byId("faults-on"), "faults.on", { n: on });
  }

  #row(name, value) {
    const id = `fault-${name}`;
    const how = make("select", { id, "data-fault": name });
    const often = value.next > 0 ? "next" : value.probability;
    for (const [key, probability] of Object.entries(HOW_OFTEN)) {
      how.append(worded(make("option", { value: String(probability), selected: often === probability }), key));
    }
    how.addEventListener("change", () => this.#set(name, how.value === "next" ? { next: 1, probability: 0 } : { next: 0, probability: Number(how.value) }));
    const row = make("div", { className: "fault" }, worded(make("label", { htmlFor: id }), `faults.${name}`), how);
    for (const setting of Object.keys(value).filter((each) => !["probability", "next"].includes(each))) {
      row.append(make("div", { className: "more" }, this.#setting(name, setting, value[setting])));
    }
    return row;
  }

  #setting(name, setting, value) {
    const label = setting === "ms" ? "faults.milliseconds" : `faults.${setting}`;
    const field =
      typeof value === "boolean"
        ? make("input", { type: "checkbox", checked: value, "data-fault": `${name}-${setting}` })
        : make("input", { type: "text", inputMode: "numeric", value: String(value), dir: "ltr", "data-fault": `${name}-${setting}` });
    field.addEventListener("change", () => this.#set(name, { [setting]: typeof value === "boolean" ? field.checked : Number(field.value) || 0 }));
    const words = worded(make("span"), label);
    field.setAttribute("aria-label", `${text(`faults.${name}`)}: ${text(label)}`);
    return make("label", {}, field, words);
  }

  #set(name, change) {
    return this.#put({ ...this.#switches, [name]: { ...this.#switches[name], ...change } });
  }
}
