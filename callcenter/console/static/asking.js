// How a script of the console asks the server: as itself, so that a fragment is answered where a form would be answered
// with a page. `asked` throws where the network is away; `fetched` gives null then, and for any answer but a good one.

const parser = new DOMParser();

export const asked = (url, body, signal) =>
  fetch(url, { method: body ? "POST" : "GET", body, signal, headers: { "X-Console": "script" } });

export const filled = (form, submitter) => new URLSearchParams(new FormData(form, submitter));

export const read = (html) => parser.parseFromString(html, "text/html");

export async function fetched(url, body) {
  const answer = await asked(url, body).catch(() => null);
  return answer?.ok ? read(await answer.text()) : null;
}
