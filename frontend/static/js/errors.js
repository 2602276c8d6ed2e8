// What htmx must not do under our policy, and what a person hears when a request fails.
import { toast } from "./toast-message.js";

// htmx can run code from attributes. None of our pages has any, so nothing may.
const refuse = function () { throw new Error("Code in attributes is not run"); };
globalThis.htmx?.registerExtension("no-eval", { init: (api) => api.initSecurity(null, refuse, refuse) });

const sentences = () => document.getElementById("sentences")?.dataset ?? {};

document.addEventListener("htmx:error", () => toast(sentences().lost));
document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status === 422 && ctx.sourceElement.hasAttribute("hx-status:422")) return; // said beside the field
  const page = new DOMParser().parseFromString(ctx.text, "text/html");
  toast(page.querySelector(".lead")?.textContent ?? sentences().lost);
});

// A session that has ended leads to the sign-in page: as a page, not inside the fragment that was asked for.
document.addEventListener("htmx:before:response", (event) => {
  const answer = event.detail.ctx.response.raw;
  if (answer.redirected && new URL(answer.url).pathname === "/sign-in") {
    event.preventDefault();
    location.assign(answer.url);
  }
});
