// Charts stand on the page as pictures. The library that makes them answer the pointer is loaded when one
// is first touched, so that reading costs nothing.
const NARROW = 700;
const vega = document.querySelector("script[data-vega]").dataset.vega;
let library = null;

function specs(chart, width) {
  const size = width < NARROW ? "narrow" : "wide";
  return chart[size].map((spec, index) => ({
    ...spec,
    width: Math.max(120, width - spec.padding.left - spec.padding.right),
    datasets: structuredClone({ ...chart.data[index], ...chart[`${size}_labels`][index] }),
  }));
}

async function book(plot) {
  library ??= import(vega);
  plot.book ??= fetch(plot.dataset.chart, { credentials: "same-origin" }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  const [found] = await Promise.all([plot.book, library]);
  return found;
}

function options(found) {
  return {
    ast: true, mode: "vega-lite", actions: false, defaultStyle: false, logLevel: 2, renderer: "svg",
    tooltip: { disableDefaultStyle: true }, formatLocale: found.format, timeFormatLocale: found.time,
    loader: { load: () => Promise.reject(new Error("charts load nothing")), sanitize: () => Promise.reject(new Error("charts link nowhere")) },
  };
}

async function draw(plot) {
  const width = Math.floor(plot.clientWidth);
  if (!width || plot.drawnWidth === width) return;
  plot.drawnWidth = width;
  const found = await book(plot);
  const fresh = document.createElement("div");
  fresh.className = "live";
  const views = [];
  for (const spec of specs(found.chart, width)) {
    const place = fresh.appendChild(document.createElement("div"));
    views.push(await globalThis.vegaEmbed(place, spec, options(found)));
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
  const found = await book(plot);
  const [ground, ink, soft] = Object.values(coloured({ a: "var(--card)", b: "var(--ink)", c: "var(--soft)" }));
  const parts = [];
  for (const [index, spec] of specs(found.chart, 1080).entries()) {
    const whole = coloured(spec);
    if (index === 0) {
      const room = whole.padding.top;
      whole.padding = { ...whole.padding, top: room + 52 };
      whole.title = { text: found.chart.title, subtitle: found.chart.unit, anchor: "start", offset: room + 6, color: ink, subtitleColor: soft, fontSize: 16 };
    }
    const { view } = await globalThis.vegaEmbed(document.createElement("div"), whole, options(found));
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

for (const plot of document.querySelectorAll(".plot[data-chart]")) {
  const wake = () => { draw(plot).catch(() => { plot.drawnWidth = 0; }); };
  plot.addEventListener("pointerenter", wake, { once: true });
  plot.addEventListener("touchstart", wake, { once: true, passive: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-export]");
  if (!button) return;
  const plot = button.closest(".chart").querySelector(".plot[data-chart]");
  button.closest("details").open = false;
  if (plot) exported(plot, button.dataset.export).then((blob) => save(blob, `${plot.dataset.name}.${button.dataset.export}`));
});

let waiting = 0;
new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    for (const plot of document.querySelectorAll(".plot.drawn")) draw(plot);
  }, 120);
}).observe(document.querySelector("main"));
