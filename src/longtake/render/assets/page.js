const book = JSON.parse(document.getElementById("charts").textContent);
const root = document.documentElement;

function charted(plot) {
  return { chart: book.charts[plot.dataset.chart], format: book.format, time: book.time };
}

async function draw(plot) {
  const width = Math.floor(plot.clientWidth);
  if (!width || plot.drawnWidth === width) return;
  plot.drawnWidth = width;
  await redraw(plot, charted(plot), width);
}

function target() {
  const name = decodeURIComponent(location.hash.slice(1));
  return name ? document.getElementById(name) : null;
}

function arrive() {
  const at = target();
  const details = at?.closest("details") ?? at?.parentElement?.closest("details");
  if (details && !details.open) {
    details.open = true;
    at.scrollIntoView();
  }
  const panel = at?.closest(".panel");
  document.body.classList.toggle("covered", Boolean(panel));
  panel?.focus({ preventScroll: true });
}

let cameFrom = null;
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && !link.closest(".panel")) cameFrom = link;
  const close = event.target.closest(".close");
  const outside = target()?.closest(".panel");
  if (close && cameFrom) {
    event.preventDefault();
    leave();
  } else if (outside && !link && !event.target.closest(".panel")) {
    leave();
  }
  const button = event.target.closest("button[data-export]");
  if (button) {
    const plot = button.closest(".chart").querySelector(".plot");
    picture(charted(plot), button.dataset.export).then((blob) => save(blob, `${button.dataset.name}.${button.dataset.export}`));
    button.closest("details").open = false;
  }
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Closing goes back to where the reader was, not to the top of the page.
function leave() {
  const { scrollX, scrollY } = window;
  const back = cameFrom;
  location.hash = "_";
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  document.body.classList.remove("covered");
  back?.focus({ preventScroll: true });
  cameFrom = null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (target()?.closest(".panel")) {
    leave();
  }
});
window.addEventListener("hashchange", arrive);
arrive();

const plots = [...document.querySelectorAll(".plot")];
let waiting = 0;
async function drawAll() {
  for (const plot of plots) await draw(plot);
  for (const button of document.querySelectorAll("button[data-export]")) button.hidden = false;
  root.dataset.charts = "live";
}
await drawAll();
new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(drawAll, 120);
}).observe(document.querySelector("main"));
