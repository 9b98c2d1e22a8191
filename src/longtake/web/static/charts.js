// Charts stand on the page as pictures. The library that makes them answer the pointer is loaded when one
// is first touched, so that reading costs nothing.
const vega = document.querySelector("script[data-vega]").dataset.vega;
let library = null;

async function book(plot) {
  library ??= import(vega);
  plot.book ??= fetch(plot.dataset.chart, { credentials: "same-origin" }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  const [found] = await Promise.all([plot.book, library]);
  return found;
}

async function draw(plot) {
  const width = Math.floor(plot.clientWidth);
  if (!width || plot.drawnWidth === width) return;
  plot.drawnWidth = width;
  await redraw(plot, await book(plot), width);
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
  if (plot) book(plot).then((found) => picture(found, button.dataset.export)).then((blob) => save(blob, `${plot.dataset.name}.${button.dataset.export}`));
});

let waiting = 0;
new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    for (const plot of document.querySelectorAll(".plot.drawn")) draw(plot);
  }, 120);
}).observe(document.querySelector("main"));
