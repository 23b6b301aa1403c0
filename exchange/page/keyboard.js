// The keyboard is the keypad, unless a field has it, or it is switched off.

import { byId } from "./elements.js";
import { browser } from "./store.js";

const FIELDS = "input:not([type=radio], [type=checkbox]), select, textarea";
const CONTROLS = "button, summary, a, input, select, textarea";
const ARABIC_ZERO = 0x0660;

export function listenToKeyboard({ call, handset, inbox, ringing }) {
  const shortcuts = byId("shortcuts");
  const dress = () => byId("shortcuts").closest(".help").toggleAttribute("data-off", !shortcuts.checked);
  shortcuts.checked = browser.get("shortcuts") !== "off";
  shortcuts.addEventListener("change", () => {
    browser.set("shortcuts", shortcuts.checked ? "on" : "off");
    dress();
  });
  dress();

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || event.target.closest(FIELDS)) {
      if (event.key === "Escape") byId("handset").focus({ preventScroll: true });
      return;
    }
    if (!shortcuts.checked) return;
    const key = keyOf(event);
    if (key !== null) {
      event.preventDefault();
      if (call.isLive) handset.press(key);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = { KeyS: () => byId("words").focus(), KeyC: () => inbox.typeCode(), KeyH: () => (ringing.isRinging ? ringing.reject() : handset.hangUp()) }[event.code];
    if (deed) {
      event.preventDefault();
      deed();
    } else if (event.key === "Enter" && !event.target.closest(CONTROLS)) {
      event.preventDefault();
      if (call.isLive) handset.silence();
      else if (ringing.isRinging) ringing.pickUp();
      else handset.dial();
    }
  });
}

/** The key of the telephone that was pressed, on any layout; null for any other. */
function keyOf({ key, code, shiftKey, ctrlKey, altKey, metaKey }) {
  if (/^[0-9*#]$/.test(key) && !metaKey && !(ctrlKey && !altKey)) return key;
  if (ctrlKey || altKey || metaKey) return null;
  if (/^[٠-٩]$/.test(key)) return String(key.codePointAt(0) - ARABIC_ZERO);
  return shiftKey ? null : (/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? null);
}
