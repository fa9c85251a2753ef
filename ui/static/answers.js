// What can be done with an answer: copy it, sort and chart several, say whether it was right.
import { make } from "/source/assets/evidence.js";
import { said, say, within } from "./common.js";

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text); // the clipboard is only there over https or on this machine
  }
}

function copyByHand(text) {
  const box = make("textarea");
  box.value = text;
  box.className = "unseen";
  document.body.append(box);
  const before = document.activeElement;
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus();
  return done;
}

async function copy(button, text) {
  const done = await toClipboard(text);
  const label = button.querySelector("span");
  const before = label.dataset.before ?? label.textContent;
  label.dataset.before = before;
  label.textContent = done ? said.copied : said.copy_failed;
  say(label.textContent);
  setTimeout(() => {
    label.textContent = before;
  }, 1600);
}

const NEXT = { none: "descending", descending: "ascending", ascending: "none" };

function sort(button) {
  const head = button.closest("th");
  const order = NEXT[head.getAttribute("aria-sort") ?? "none"];
  head.setAttribute("aria-sort", order);
  const rows = [...head.closest("table").querySelectorAll("tbody")];
  const number = (row) => ("value" in row.dataset ? Number(row.dataset.value) : null);
  const compare = (one, other) => {
    const [left, right] = [number(one), number(other)];
    if (order === "none" || (left === null && right === null)) return one.dataset.order - other.dataset.order;
    if (left === null || right === null) return left === null ? 1 : -1; // what has no value stays below
    return order === "ascending" ? left - right : right - left;
  };
  head.closest("table").append(...rows.sort(compare));
}

function toggle(button, part) {
  part.hidden = !part.hidden;
  button.setAttribute("aria-expanded", String(!part.hidden));
}

async function vote(button) {
  const turn = within(button);
  const taken = button.getAttribute("aria-pressed") === "true";
  const good = taken ? null : button.dataset.good === "true";
  if (!(await send(turn, { good }))) return;
  for (const other of turn.querySelectorAll('[data-act="vote"]')) {
    other.setAttribute("aria-pressed", String(other === button && !taken));
  }
  turn.querySelector(".vote-form")?.remove();
  if (!taken) turn.querySelector(".turn-foot").after(form(turn, good));
}

async function send(turn, body) {
  try {
    const answer = await fetch("/chat/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ turn: turn.dataset.turn, ...body }),
    });
    if (answer.ok) return true;
  } catch {
    // told below
  }
  say(said.vote_failed);
  return false;
}

function form(turn, good) {
  const shown = make("form", "vote-form");
  const field = (name, label, length) => {
    const box = make("label", "", label);
    const input = make("textarea");
    input.name = name;
    input.rows = 2;
    input.maxLength = length;
    box.append(input);
    return box;
  };
  shown.append(field("reason", good ? said.reason_good : said.reason, 500));
  if (!good) shown.append(field("right_answer", said.right, 2000));
  const submit = make("button", "chip", said.submit);
  submit.type = "submit";
  shown.append(submit);
  shown.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(shown));
    const done = await send(turn, { good, ...given });
    if (done) shown.replaceChildren(make("p", "label", said.thanks));
    say(done ? said.thanks : said.vote_failed);
  });
  return shown;
}

export const answerActions = {
  copy: (button) => copy(button, button.dataset.copy),
  "copy-table": (button) => {
    const rows = [...button.closest(".several").querySelectorAll(".answer-row")].map((row) => row.dataset.copy);
    copy(button, [button.dataset.head, ...rows].join("\n"));
  },
  sort,
  chart: (button) => toggle(button, button.closest(".several").querySelector(".chart")),
  row: (button) => toggle(button, button.closest("tbody").querySelector(".detail")),
  vote,
};
