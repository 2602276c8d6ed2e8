// Nothing typed is lost: a form named by data-draft is kept in this tab until the server says it was sent.
// It is kept for its writer only, and whoever signs out leaves nothing behind.
const mine = `draft-${document.body.dataset.reader}-`;
const store = {
  get(name) { try { return JSON.parse(sessionStorage.getItem(mine + name)); } catch { return null; } },
  set(name, value) { try { sessionStorage.setItem(mine + name, JSON.stringify(value)); } catch { /* full */ } },
  drop(name) { try { sessionStorage.removeItem(mine + name); } catch { /* not allowed */ } },
  empty() { for (const key of Object.keys(sessionStorage)) if (key.startsWith(mine)) sessionStorage.removeItem(key); },
};

for (const sent of document.querySelectorAll("[data-sent]")) store.drop(sent.dataset.sent);

const text = (form) => form.querySelector("textarea[name=message]");

function keep(form) {
  const name = form.dataset.draft;
  const value = form.querySelector("[name=value]:checked, select[name=value]")?.value ?? "";
  const people = [...form.querySelectorAll("people-picker .token")].map((token) => token.person).filter(Boolean);
  const message = text(form).value;
  const hidden = form.querySelector("[name=private]:checked")?.value ?? "";
  if (message || people.length) store.set(name, { message, value, people, hidden });
  else store.drop(name);
}

function restore(form) {
  const draft = store.get(form.dataset.draft);
  if (!draft || text(form).value) return;
  const audience = [...form.querySelectorAll("[name=private]")];
  // Where one cannot choose who reads it, what was meant for few is not put before everybody.
  if (draft.hidden && !audience.length) return;
  for (const choice of audience) choice.checked = choice.value === (draft.hidden ?? "");
  text(form).value = draft.message;
  const radio = [...form.querySelectorAll("[name=value][type=radio]")].find((one) => one.value === draft.value);
  if (radio) radio.checked = true;
  const select = form.querySelector("select[name=value]");
  if (select) select.value = draft.value;
  customElements.whenDefined("people-picker").then(() => {
    const picker = form.querySelector("people-picker");
    if (picker && !picker.querySelector(".token")) draft.people.forEach((person) => picker.add(person));
  });
  text(form).dispatchEvent(new Event("input", { bubbles: true }));
  const note = form.querySelector(".draft-note");
  if (note) note.hidden = false;
}

function discard(form) {
  form.reset();
  for (const token of form.querySelectorAll("people-picker .token")) token.remove();
  form.querySelector(".draft-note").hidden = true;
  text(form).dispatchEvent(new Event("input", { bubbles: true }));
  form.querySelector("people-picker")?.changed();
  text(form).focus();
}

const named = (event) => event.target.closest?.("form[data-draft]:not([data-draft=''])");
for (const type of ["input", "change"]) {
  document.addEventListener(type, (event) => { const form = named(event); if (form) keep(form); });
}
document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-discard]")?.form;
  if (form) discard(form);
});
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/sign-out") store.empty();
});
function restoreAll() {
  document.querySelectorAll("form[data-draft]:not([data-draft=''])").forEach(restore);
}
customElements.whenDefined("writing-help").then(restoreAll);
document.addEventListener("htmx:after:swap", restoreAll);
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form && event.detail.ctx.sourceElement === form && event.detail.ctx.response.raw.ok) {
    store.drop(form.dataset.draft);
    form.dataset.draft = ""; // leaving the page, a field that has the focus still says that it changed
  }
});
