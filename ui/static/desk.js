// Behaviour of the figures page and the administrator's pages. The server renders everything; this script hands on
// wishes, uploads files and shows how far they are. It writes text as text, never as markup.

const POLL = 800;

const LISTING = ["list", "structure", "jobs"]; // wishes answered with the documents, as the list stands now

// Gradio draws the page after this script was loaded, and draws parts of it again whenever the server says so.
function tell(wish) {
  const list = LISTING.includes(wish.wish) && document.querySelector("#documents-list section");
  const detail = list ? { text: list.dataset.text, page: list.dataset.page, open: list.dataset.open, ...wish } : wish;
  if (window.youjuDesk) window.youjuDesk(detail);
  else document.addEventListener("youju-desk", () => window.youjuDesk(detail), { once: true });
}

function message(key, values = {}) {
  const texts = JSON.parse(document.getElementById("desk-messages")?.textContent || "{}");
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// What the address says of the table, and the form above it.
const current = () => new URLSearchParams(document.querySelector("section.figures")?.dataset.query || "");

function look(changes) {
  const query = current();
  if (!("p" in changes)) query.delete("p");
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  document.querySelector("section.figures")?.setAttribute("aria-busy", "true");
  tell(Object.fromEntries(query));
}

function clearFilters() {
  const form = document.getElementById("figures-form");
  for (const field of form.elements) if (field.name) field.value = "";
  look(Object.fromEntries([...new FormData(form).keys()].map((name) => [name, ""])));
}

let typing = 0;
function filterSoon(form, wait) {
  clearTimeout(typing);
  typing = setTimeout(() => look(Object.fromEntries(new FormData(form))), wait);
}

// One file, sent piece by piece; the browser says how far it is.
class Upload {
  constructor(file, list) {
    this.row = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "name", textContent: file.name });
    this.bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    this.bar.setAttribute("aria-label", file.name);
    this.state = Object.assign(document.createElement("span"), { className: "state" });
    this.stop = Object.assign(document.createElement("button"), {
      type: "button", className: "tool quiet", textContent: message("cancel"),
    });
    this.row.append(name, this.bar, this.state, this.stop);
    list.append(this.row);
    this.file = file;
  }

  send() {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", `/api/v1/documents?name=${encodeURIComponent(this.file.name)}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) => this.show(event.lengthComputable ? (100 * event.loaded) / event.total : 0);
      request.onload = () => done(this.finish(request));
      request.onerror = () => done(this.fail(message("offline")));
      request.onabort = () => done(this.row.remove());
      this.stop.onclick = () => request.abort();
      this.show(0);
      request.send(this.file);
    });
  }

  show(percent) {
    this.bar.value = percent;
    this.state.textContent = message("uploading", { percent: Math.round(percent) });
  }

  finish(request) {
    if (request.status === 401) return this.fail(message("signed_out"));
    if (request.status !== 201) {
      let detail = "";
      try { detail = JSON.parse(request.responseText).detail; } catch { /* not ours: say what we know */ }
      return this.fail(detail || message("failed"));
    }
    this.bar.value = 100;
    this.state.textContent = message("uploaded");
    this.row.classList.add("done");
    this.stop.remove();
    setTimeout(() => this.row.remove(), 2500);
    return JSON.parse(request.responseText).staged.id;
  }

  fail(text) {
    this.bar.remove();
    this.stop.remove();
    this.row.classList.add("failed");
    this.row.setAttribute("role", "alert");
    this.state.textContent = text;
    return null;
  }
}

async function send(files) {
  const list = document.getElementById("upload-queue");
  for (const row of list.querySelectorAll(".failed")) row.remove();
  const uploads = [...files].map((file) => new Upload(file, list));
  for (const upload of uploads) if (await upload.send()) tell({ wish: "staged" });
}

// Sections of the administrator's page; the address remembers which.
const SECTIONS = ["feedback", "documents", "health"];

function show(name) {
  const chosen = SECTIONS.includes(name) ? name : SECTIONS[0];
  for (const section of SECTIONS) {
    const part = document.getElementById(`section-${section}`);
    if (part) part.hidden = section !== chosen;
  }
  for (const tab of document.querySelectorAll(".sections a")) {
    tab.hash === `#${chosen}` ? tab.setAttribute("aria-current", "true") : tab.removeAttribute("aria-current");
  }
  readHealth();
}

// The corpus is looked through when somebody looks at what was found, not before.
function readHealth() {
  const unread = document.querySelector("#section-health:not([hidden]) [data-unread]:not([data-asked])");
  if (!unread) return;
  unread.dataset.asked = "";
  tell({ wish: "health" });
}

// While something is done in the background, ask how far it is; the list of documents follows once it is done.
setInterval(() => {
  const jobs = document.querySelector("#jobs [data-last]");
  const list = document.querySelector("#documents-list [data-last]");
  if (!jobs || document.hidden) return;
  if ("busy" in jobs.dataset || (list && list.dataset.last !== jobs.dataset.last)) {
    tell({ wish: "jobs", last: list?.dataset.last ?? "" });
  }
}, POLL);

function ask(button, then) {
  const dialog = document.getElementById("desk-dialog");
  dialog.querySelector("h2").textContent = button.dataset.title;
  dialog.querySelector("p").textContent = button.dataset.text;
  dialog.querySelector(".danger").textContent = button.dataset.confirm;
  dialog.onclose = () => dialog.returnValue === "yes" && then();
  dialog.returnValue = "";
  dialog.showModal();
}

const wishes = {
  look: ({ sort, page, chart }) =>
    look({ ...(sort !== undefined && { sort }), ...(page !== undefined && { p: page }), ...(chart !== undefined && { chart }) }),
  clear: clearFilters,
  language: ({ language }) => {
    document.cookie = `youju_language=${language}; path=/; max-age=31536000; samesite=lax`;
    location.reload();
  },
  choose: () => document.getElementById("upload-input").click(),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-desk]");
  if (button) {
    event.preventDefault();
    const { desk, ...data } = button.dataset;
    const act = () => {
      if (wishes[desk]) return wishes[desk](data);
      if (button.matches("button")) button.setAttribute("aria-busy", "true");
      tell({ wish: desk, ...data });
    };
    "confirm" in data ? ask(button, act) : act();
    return;
  }
  if (event.target.closest('[data-act="theme"]')) return window.youjuTheme?.toggle();
  const tab = event.target.closest(".sections a");
  if (tab) {
    event.preventDefault();
    history.replaceState(null, "", tab.hash);
    show(tab.hash.slice(1));
    return;
  }
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button") && !String(getSelection())) location.assign(row.dataset.href);
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "figures-form") {
    event.preventDefault();
    filterSoon(event.target, 0);
  } else if (event.target.id === "documents-search") {
    event.preventDefault();
    tell({ wish: "list", text: event.target.elements.text.value, page: "1" });
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("#figures-form");
  if (form) filterSoon(form, event.target.matches("select") ? 0 : 350);
  const search = event.target.closest("#documents-search");
  if (search) {
    clearTimeout(typing);
    typing = setTimeout(() => tell({ wish: "list", text: search.elements.text.value, page: "1" }), 350);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.id === "upload-input") {
    send(event.target.files);
    event.target.value = "";
  } else if (event.target.dataset.deskChange) {
    tell({ wish: event.target.dataset.deskChange, value: event.target.value });
  }
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = document.getElementById("upload-zone");
    if (!zone || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const over = event.target.closest?.("#upload-zone");
    zone.classList.toggle("over", Boolean(over) && name !== "drop" && name !== "dragleave");
    if (name === "drop" && over) send(event.dataTransfer.files);
  });
}

addEventListener("hashchange", () => show(location.hash.slice(1)));

// What Gradio has drawn: the page's language and title, the section that is open.
let seen = null;
new MutationObserver(() => {
  const top = document.querySelector(".desk-top");
  if (top && top !== seen) {
    seen = top;
    document.documentElement.lang = top.dataset.lang;
    document.title = top.dataset.title;
    if (document.getElementById("section-feedback")) show(location.hash.slice(1));
  }
  readHealth();
}).observe(document.body, { childList: true, subtree: true });
