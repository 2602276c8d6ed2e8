// Ticks the three questions of a good thank-you as one types: what did they do, what did it change, for whom.
// Plain rules, in German and in English, on this computer; nothing is sent anywhere and nothing is forbidden.
const RULES = {
  did: [
    /\b(du|ihr|sie)\b.{0,60}?\p{L}*(hast|habt|haben|bist|seid|warst|wart)\b/iu,
    /\b(hast|habt|bist|seid)\b.{0,80}?\b(ge\p{L}{3,}(t|en)|\p{L}*(ver|be|er|ent|über|unter|ein|an|auf|aus|nach|vor|mit)\p{L}{3,}(t|en))\b/iu,
    /\b(du|ihr)\b.{0,40}?\b\p{L}{3,}(test|tet)\b/iu,
    /\byou\b(?:['’](?:ve|d))?.{0,40}?\b(\p{L}{3,}ed|rang|came|went|made|took|gave|found|brought|stood|stayed|kept|got|told|taught|wrote|built|ran|saw|caught|held|sent|set|put|thought|knew|spoke|left|drove|lent|dug|flew|swapped|did)\b/iu,
  ],
  changed: [
    /\b(so dass|sodass|damit|dadurch|deshalb|deswegen|daher|weil|konnten?|wurden?|rechtzeitig|pünktlich|endlich|seitdem|nicht mehr|ohne dass|sonst|gespart|erspart|geschafft|geklappt|lief|liefen|hielt|jetzt|nun|statt)\b/iu,
    /\b(so that|so the|so we|so i|so they|so nobody|because of|thanks to|which meant|that meant|meant that|made it|in time|on time|finally|no longer|instead of|saved|without|otherwise|could|were able|was able|safer|faster|easier|earlier|now|went out|deadline)\b/iu,
    /\b\d+(?:[.,]\d+)?\s?(%|prozent|percent|minuten|stunden|tage|minutes|hours|days|euro|€)/iu,
  ],
  whom: [
    /(^|[\s(])@\p{L}/u,
    /\b(patient\p{L}*|angehörige\p{L}*|famili\p{L}*|kolleg\p{L}*|team\p{L}*|station\p{L}*|abteilung\p{L}*|uns|unsere?[nmrs]?|alle[nr]?|kind\p{L}*|mutter|vater|ärzt\p{L}*|pfleg\p{L}*|schicht|nachtdienst|haus)\b/iu,
    /\b(patients?|famil(y|ies)|relatives?|colleagues?|teams?|wards?|departments?|us|our|ours|everyone|everybody|nobody|child(ren)?|mothers?|fathers?|nurses?|doctors?|shift|night shift|house)\b/iu,
  ],
};

const ENOUGH = 12; // characters before anything is ticked

customElements.define("writing-help", class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    this.field?.addEventListener("input", this);
    this.handleEvent();
  }

  disconnectedCallback() { this.field?.removeEventListener("input", this); }

  handleEvent() {
    const text = this.field?.value ?? "";
    for (const item of this.querySelectorAll("[data-asks]")) {
      const answered = text.length >= ENOUGH && RULES[item.dataset.asks].some((rule) => rule.test(text));
      item.classList.toggle("done", answered);
    }
  }
});
