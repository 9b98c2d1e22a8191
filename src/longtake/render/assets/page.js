const book = JSON.parse(document.getElementById("charts").textContent);
const root = document.documentElement;
const NARROW = 700;
const EMBED = {
  ast: true, mode: "vega-lite", actions: false, defaultStyle: false, logLevel: 2,
  tooltip: { disableDefaultStyle: true }, formatLocale: book.format, timeFormatLocale: book.time,
  loader: { load: () => Promise.reject(new Error("this page loads nothing")), sanitize: () => Promise.reject(new Error("this page links nowhere")) },
};

function specs(chart, width) {
  const size = width < NARROW ? "narrow" : "wide";
  return chart[size].map((spec, index) => ({
    ...spec,
    width: Math.max(120, width - spec.padding.left - spec.padding.right),
    datasets: structuredClone({ ...chart.data[index], ...chart[`${size}_labels`][index] }),
  }));
}

async function draw(plot) {
  const width = Math.floor(plot.clientWidth);
  if (!width || plot.drawnWidth === width) return;
  plot.drawnWidth = width;
  const fresh = document.createElement("div");
  fresh.className = "live";
  const views = [];
  for (const spec of specs(book.charts[plot.dataset.chart], width)) {
    const place = fresh.appendChild(document.createElement("div"));
    views.push(await vegaEmbed(place, spec, { ...EMBED, renderer: "svg" }));
    place.querySelector("svg").setAttribute("aria-hidden", "true");
  }
  plot.views?.forEach((view) => view.finalize());
  plot.views = views;
  plot.querySelector(".live").replaceWith(fresh);
  plot.classList.add("drawn");
}

// A chart outside the page does not know the page's colours, so they are written into it.
function coloured(spec) {
  const probe = document.body.appendChild(document.createElement("span"));
  const text = JSON.stringify(spec).replaceAll("url(#hatch)", "#8883").replace(/var\((--\w+)\)/g, (name) => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return JSON.parse(text);
}

async function exported(plot, kind) {
  const chart = book.charts[plot.dataset.chart];
  const [ground, ink, soft] = Object.values(coloured({ a: "var(--card)", b: "var(--ink)", c: "var(--soft)" }));
  const parts = [];
  for (const [index, spec] of specs(chart, 1080).entries()) {
    const whole = coloured(spec);
    if (index === 0) {
      const room = whole.padding.top;
      whole.padding = { ...whole.padding, top: room + 52 };
      whole.title = { text: chart.title, subtitle: chart.unit, anchor: "start", offset: room + 6, color: ink, subtitleColor: soft, fontSize: 16 };
    }
    const { view } = await vegaEmbed(document.createElement("div"), whole, { ...EMBED, renderer: "svg" });
    const height = whole.height + whole.padding.top + whole.padding.bottom;
    parts.push({ height, draw: kind === "svg" ? await view.toSVG() : await view.toCanvas(2) });
    view.finalize();
  }
  const total = parts.reduce((sum, part) => sum + part.height, 0);
  let at = 0;
  if (kind === "svg") {
    const inner = parts.map((part) => {
      const piece = part.draw.replace("<svg ", `<svg y="${at}" `);
      at += part.height;
      return piece;
    });
    const text = `<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="${total}"><rect width="1080" height="${total}" fill="${ground}"/>${inner.join("")}</svg>`;
    return new Blob([text], { type: "image/svg+xml" });
  }
  const canvas = Object.assign(document.createElement("canvas"), { width: 2160, height: total * 2 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const part of parts) {
    pen.drawImage(part.draw, 0, at * 2);
    at += part.height;
  }
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
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
    exported(plot, button.dataset.export).then((blob) => save(blob, `${button.dataset.name}.${button.dataset.export}`));
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
