// What the page's scripts share: its messages, and saying something to people who listen to the page.

const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";

// Gradio draws the page after this script was loaded.
export async function present(selector) {
  for (;;) {
    const element = document.querySelector(selector);
    if (element) return element;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

const [messages] = await Promise.all([
  fetch(`/chat/static/messages-${language}.json`).then((answer) => answer.json()),
  ...["#live", "#thread .turns", "#evidence", "#question textarea", "#conversations", "#loading"].map(present),
]);

export const said = messages;

export function say(text) {
  document.getElementById("announce").textContent = text;
}

export function within(element) {
  return element.closest(".turn");
}

// A question in the address, such as /?q=…, is put into the box; nothing is asked by opening a link.
export function askFor() {
  const question = new URLSearchParams(location.search).get("q");
  const box = document.querySelector("#question textarea");
  if (question) typeInto(box, question.slice(0, box.maxLength));
}

// Set a box's text so that Gradio takes notice.
export function typeInto(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
