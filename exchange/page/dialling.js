// Whom to dial, as whom, and how fast the voice speaks.

import { byId, make, shown } from "./elements.js";
import { tab } from "./store.js";
import { worded } from "./words.js";

const NUMBER = /^(?:\+|00)?\d{3,15}$/;
const SIP = /^sips?:[^@\s]+@[^@\s]+$/;
const ME = "+212661000001";

export class Dialling {
  #form = byId("dialling");

  constructor(sound, trouble) {
    byId("own").value = shown(tab.get("own") ?? ME);
    byId("sip").value = tab.get("sip") ?? "sip:accueil@exemple.ma";
    byId("pace").value = tab.get("pace") ?? (sound.hasVoices ? "1" : "0.35");
    this.#form.addEventListener("change", () => this.#dress());
    this.#kind(tab.get("from") ?? "own");
    trouble.trying(() => this.#listNumbers());
  }

  /** The number at which this page can be called. */
  get number() {
    return this.#form.elements.from.value === "own" ? byId("own").value.replace(/[\s.()-]/g, "") : ME;
  }

  /** Call from this number. */
  callFrom(number) {
    byId("own").value = shown(number || ME);
    this.#kind("own");
  }

  /** What the form asks for; null, with a word on it, where it cannot be dialled. */
  wish() {
    const kind = this.#form.elements.from.value;
    const error = byId("dial-error");
    const own = byId("own").value.replace(/[\s.()-]/g, "");
    const sip = byId("sip").value.trim();
    if (kind === "own" && !NUMBER.test(own)) return this.#wrong("dial.wrong-number", "own");
    if (kind === "sip" && !SIP.test(sip)) return this.#wrong("dial.wrong-sip", "sip");
    delete error.dataset.words;
    error.textContent = "";
    for (const [name, value] of Object.entries({ own, sip, pace: byId("pace").value, from: kind, to: byId("to").value })) {
      tab.set(name, value);
    }
    return { to: byId("to").value, from: { own, sip, withheld: "anonymous" }[kind], pace: Number(byId("pace").value) };
  }

  #wrong(key, field) {
    worded(byId("dial-error"), key);
    requestAnimationFrame(() => byId(field).focus()); // the form may be about to appear
    return null;
  }

  #kind(kind) {
    this.#form.elements.from.value = kind;
    this.#dress();
  }

  #dress() {
    const kind = this.#form.elements.from.value;
    byId("own").hidden = kind !== "own";
    byId("sip").hidden = kind !== "sip";
    byId("withheld-hint").hidden = kind !== "withheld";
  }

  async #listNumbers() {
    let numbers = [];
    try {
      numbers = (await (await fetch("phone/numbers")).json()).numbers;
    } catch {
      return; // the stream says that the exchange is away
    }
    byId("to").replaceChildren(...numbers.map((number) => make("option", { value: number }, shown(number))));
    const before = tab.get("to");
    if (numbers.includes(before)) byId("to").value = before;
  }
}
