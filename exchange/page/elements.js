// Making and finding elements. Text is always text: nothing that is said or sent is read as HTML.

export const byId = (id) => document.getElementById(id);

/** Make an element: `make("p", { className: "said", lang: "ar" }, "text", child, …)`. */
export function make(name, facts = {}, ...children) {
  const element = document.createElement(name);
  for (const [fact, value] of Object.entries(facts)) {
    if (fact in element && fact !== "list") element[fact] = value;
    else if (value !== null && value !== undefined) element.setAttribute(fact, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A telephone number as it is read: pairs, from the left, in figures that never turn round. */
export function shown(number) {
  const home = number.startsWith("+212") ? `0${number.slice(4)}` : number;
  return /^0\d{9}$/.test(home) ? home.replace(/(\d\d)(?=\d)/g, "$1 ") : home;
}

/** Seconds as a clock shows them, `1:05`. */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
