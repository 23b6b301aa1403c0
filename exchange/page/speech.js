// Speech: typed, with how surely it is heard, or by the browser's recogniser where there is one.

import { byId } from "./elements.js";
import { worded } from "./words.js";

const Recogniser = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const REASONS = { "not-allowed": "speech.refused", "service-not-allowed": "speech.refused", "no-speech": "speech.nothing" };
const HEARD = { ar: "ar-MA", fr: "fr-FR" };

export class Speech {
  #call;
  #trouble;
  #recognition = null;
  #language = document.documentElement.lang;

  constructor(call, trouble) {
    this.#call = call;
    this.#trouble = trouble;
    byId("speech").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say(byId("words").value.trim(), Number(byId("confidence").value));
    });
    byId("microphone").hidden = !Recogniser;
    byId("microphone").addEventListener("click", () => this.#listen());
    call.on("said", ({ language }) => (this.#language = language.slice(0, 2)));
    call.on("listening", ({ input }) => this.#hint(input.includes("speech") ? null : "speech.keys-only"));
    for (const kind of ["began", "joined", "ended", "gone"]) call.on(kind, () => this.#hint(null));
  }

  async #say(words, confidence) {
    if (!words) return;
    if (!this.#call.isLive) {
      this.#hint("speech.no-call");
      return;
    }
    if ((await this.#trouble.trying(() => this.#call.say(words, confidence).then(() => true))) === true) byId("words").value = "";
  }

  #listen() {
    if (this.#recognition) {
      this.#recognition.stop();
      return;
    }
    if (!this.#call.isLive) {
      this.#hint("speech.no-call");
      return;
    }
    const recognition = new Recogniser();
    recognition.lang = HEARD[this.#language] ?? this.#language;
    recognition.onresult = ({ results }) => {
      const best = results[0][0];
      this.#say(best.transcript, Number(best.confidence.toFixed(2)) || 0.6);
    };
    recognition.onerror = ({ error }) => this.#hint(REASONS[error] ?? "speech.away");
    recognition.onend = () => {
      this.#recognition = null;
      byId("microphone").ariaPressed = "false";
      if (byId("speech-hint").dataset.words === "speech.listening") this.#hint(null);
    };
    this.#recognition = recognition;
    byId("microphone").ariaPressed = "true";
    this.#hint("speech.listening");
    recognition.start();
  }

  #hint(key) {
    const hint = byId("speech-hint");
    if (key) worded(hint, key);
    else {
      delete hint.dataset.words;
      hint.textContent = "";
    }
  }
}
