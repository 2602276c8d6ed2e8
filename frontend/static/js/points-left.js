// Says what stays in the pot while one chooses an amount and people.
customElements.define("points-left", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form?.addEventListener("change", this);
    this.form?.addEventListener("input", this);
  }

  disconnectedCallback() {
    this.form?.removeEventListener("change", this);
    this.form?.removeEventListener("input", this);
  }

  handleEvent(event) {
    const form = this.form;
    const other = form.elements.points_other;
    // What is typed and what is ticked do not contradict each other.
    if (event.target === other && other.value.trim()) for (const chip of form.querySelectorAll("[name=points]")) chip.checked = false;
    if (event.target.name === "points" && other) other.value = "";
    const typed = Number(other?.value.trim() || form.querySelector("[name=points]:checked")?.value || 0);
    const each = Number.isInteger(typed) && typed > 0 ? typed : 0;
    const mine = document.body.dataset.reader;
    const chosen = [...form.querySelectorAll("[name=to]:checked")].filter((box) => box.value !== mine).length;
    const people = Number(this.dataset.people) < 0 ? chosen : Number(this.dataset.people);
    const have = Number(this.dataset.have);
    const total = each * people;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const text = total > have ? this.dataset.over : total ? this.dataset.after : this.dataset.before;
    this.textContent = text.replace("{have}", number.format(have)).replace("{left}", number.format(have - total)).replace("{total}", number.format(total));
    this.classList.toggle("bad", total > have);
  }
});
