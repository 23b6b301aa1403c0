// The page's words, one catalogue a language in `words/`. Elements name theirs in `data-words`, `data-words-label`,
// `data-words-title` or `data-words-placeholder`, and are worded anew when the language changes.

import { browser } from "./store.js";

const LANGUAGES = { fr: "ltr", ar: "rtl" };
const catalogues = {};
let language = "fr";

/** Word the page in the language chosen before, or else the browser's. */
export async function begin() {
  const wanted = [browser.get("language"), ...navigator.languages.map((each) => each.slice(0, 2)), "fr"];
  language = wanted.find((each) => each in LANGUAGES);
  const read = async (name) => (catalogues[name] = await (await fetch(`page/words/${name}.json`)).json());
  await Promise.all(Object.keys(LANGUAGES).map(read));
  word();
}

/** Change the language of the page. */
export function choose(name) {
  language = name;
  browser.set("language", name);
  word();
  document.dispatchEvent(new Event("language"));
}

export const chosen = () => language;

/** The text of a key, its `{values}` filled in. A value `n` chooses among `key.one`, `key.two`, … where there are any. */
export function text(key, values = {}) {
  const catalogue = catalogues[language];
  const rule = "n" in values ? new Intl.PluralRules(language).select(values.n) : "";
  const found = catalogue[key] ?? catalogue[`${key}.${rule}`] ?? catalogue[`${key}.other`] ?? key;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Give an element the words of a key, in this language and in the next. */
export function worded(element, key, values = {}) {
  element.dataset.words = key;
  element.dataset.values = JSON.stringify(values);
  element.textContent = text(key, values);
  return element;
}

/** The text of a language, from an object such as `{fr: …, ar: …}`. */
export const localText = (texts) => texts[language] ?? Object.values(texts)[0] ?? "";

/** Give an element one of the texts of an object, in this language and in the next. */
export function localised(element, texts) {
  element.dataset.texts = JSON.stringify(texts);
  element.textContent = localText(texts);
  return element;
}

function word() {
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language];
  document.title = `${text("title")} · 3939`;
  for (const element of document.querySelectorAll("[data-words]")) {
    element.textContent = text(element.dataset.words, JSON.parse(element.dataset.values ?? "{}"));
  }
  for (const element of document.querySelectorAll("[data-texts]")) {
    element.textContent = localText(JSON.parse(element.dataset.texts));
  }
  for (const element of document.querySelectorAll("[data-words-label]")) {
    element.setAttribute("aria-label", text(element.dataset.wordsLabel));
  }
  for (const element of document.querySelectorAll("[data-words-title]")) element.title = text(element.dataset.wordsTitle);
  for (const element of document.querySelectorAll("[data-words-placeholder]")) {
    element.placeholder = text(element.dataset.wordsPlaceholder);
  }
}
