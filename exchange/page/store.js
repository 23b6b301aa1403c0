// What is remembered: in this browser (language, colours), or in this tab (its call). A browser may refuse both.

const keep = (place) => ({
  get(name) {
    try {
      return place().getItem(`phone.${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      if (value === null) place().removeItem(`phone.${name}`);
      else place().setItem(`phone.${name}`, value);
    } catch {
      // private windows may refuse: the page works, and forgets
    }
  },
});

export const browser = keep(() => localStorage);
export const tab = keep(() => sessionStorage);
