// What a page and the web application share: a chart, {chart, format, time}, drawn live or saved as a picture.
// Both load Vega-Embed before any of it is called.
const NARROW = 700;

function specs(chart, width) {
  const size = width < NARROW ? "narrow" : "wide";
  return chart[size].map((spec, index) => ({
    ...spec,
    width: Math.max(120, width - spec.padding.left - spec.padding.right),
    datasets: structuredClone({ ...chart.data[index], ...chart[`${size}_labels`][index] }),
  }));
}

function options(found) {
  return {
    ast: true, mode: "vega-lite", actions: false, defaultStyle: false, logLevel: 2, renderer: "svg",
    tooltip: { disableDefaultStyle: true }, formatLocale: found.format, timeFormatLocale: found.time,
    loader: { load: () => Promise.reject(new Error("charts load nothing")), sanitize: () => Promise.reject(new Error("charts link nowhere")) },
  };
}

async function redraw(plot, found, width) {
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

async function picture(found, kind) {
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
