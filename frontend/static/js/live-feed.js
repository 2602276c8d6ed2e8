// Says how many new letters wait. It never moves what is being read: the reader asks for them.
// The stream closes while the tab is hidden and goes on from the last event when it is seen again.
customElements.define("live-feed", class extends HTMLElement {
  connectedCallback() {
    this.fresh = new Set();
    this.last = "";
    document.addEventListener("visibilitychange", this);
    addEventListener("pagehide", this);
    addEventListener("pageshow", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    removeEventListener("pagehide", this);
    removeEventListener("pageshow", this);
    this.close();
  }

  handleEvent(event) {
    if (document.hidden || event?.type === "pagehide") this.close();
    else if (!this.source) this.open();
  }

  open() {
    this.source = new EventSource(this.dataset.stream);
    this.source.addEventListener("kudos.given", (event) => this.hear(event.lastEventId, event.data));
    // The browser tries again by itself after a lost connection, but not after an answer like 502
    this.source.addEventListener("error", () => {
      if (this.source?.readyState !== EventSource.CLOSED) return;
      this.close();
      this.timer = setTimeout(() => this.handleEvent(), 5000 + 5000 * Math.random());
    });
    if (this.last) this.catchUp();
  }

  // A new EventSource cannot say where it left off, so what was missed is fetched beside it.
  async catchUp() {
    try {
      const answer = await fetch(`${this.dataset.stream}?follow=false`, { headers: { "Last-Event-ID": this.last } });
      if (!answer.ok) return;
      for (const part of (await answer.text()).split("\n\n")) {
        const line = (name) => part.match(new RegExp(`^${name}: (.*)$`, "m"))?.[1];
        if (line("event") === "kudos.given") this.hear(line("id"), line("data"));
      }
    } catch { /* the stream itself goes on */ }
  }

  hear(id, data) {
    this.last = id || this.last;
    const { kudos } = JSON.parse(data);
    if (document.getElementById(`k-${kudos}`)) return;
    this.fresh.add(kudos);
    this.show();
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  show() {
    const count = this.fresh.size;
    const text = count === 1 ? this.dataset.one : this.dataset.many.replace("{n}", count);
    const link = this.querySelector("a") ?? this.link();
    link.textContent = text;
  }

  link() {
    const link = document.createElement("a");
    link.className = "tag live arrive";
    link.href = this.dataset.url;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !globalThis.htmx) return;
      if (!document.getElementById("letters")) return; // still empty: the link loads the page
      event.preventDefault();
      htmx.ajax("GET", this.dataset.url, { target: "#letters", select: "#letters", swap: "outerHTML" })
        .then(() => {
          this.fresh.clear();
          link.remove();
          const letters = document.getElementById("letters");
          letters.querySelector(".stamp")?.focus({ preventScroll: true });
          if (letters.getBoundingClientRect().top < 0) letters.scrollIntoView();
        });
    });
    this.append(link);
    return link;
  }
});
