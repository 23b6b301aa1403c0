// Language and colours: chosen once, kept in this browser.

import { byId } from "./elements.js";
import { browser } from "./store.js";
import { choose, chosen } from "./words.js";

/** Make the switches of the page's head work. */
export function settle() {
  const dress = (theme) => {
    document.documentElement.dataset.theme = theme;
    for (const button of byId("themes").children) button.ariaPressed = String(button.dataset.themeChoice === theme);
  };
  const speak = () => {
    for (const button of byId("languages").children) button.ariaPressed = String(button.dataset.language === chosen());
  };
  for (const button of byId("themes").children) {
    button.addEventListener("click", () => {
      browser.set("theme", button.dataset.themeChoice);
      dress(button.dataset.themeChoice);
    });
  }
  for (const button of byId("languages").children) {
    button.addEventListener("click", () => {
      choose(button.dataset.language);
      speak();
    });
  }
  dress(browser.get("theme") ?? "auto");
  speak();
}
