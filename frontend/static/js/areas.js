// On a phone the places of the organisation are one line that scrolls: the present one stands in view.
const show = () => {
  const here = document.querySelector(".areas [aria-current]");
  const line = here?.parentElement;
  if (line) line.scrollLeft = here.offsetLeft - line.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
};
document.addEventListener("htmx:after:swap", show);
show();
