const base = document.body.dataset.base ?? "";
const places = { o: base, h: `${base}at/heat/`, v: `${base}at/voice/`, d: `${base}at/diagnosis/`, f: `${base}files/`, b: `${base}board/`, c: "/" };
let gone = 0;

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const menu = document.querySelector(".menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (typing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector(".find input");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (event.key === "?") {
    document.getElementById("keys")?.showModal();
  } else if (event.key === "g") {
    gone = Date.now();
  } else if (Date.now() - gone < 1200 && places[event.key] && (base || event.key === "c")) {
    gone = 0;
    location.href = places[event.key];
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const field = event.target.closest("input[data-copy]");
  if (field) field.select();
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// On a narrow window the bars scroll; the place one stands at is brought into sight.
for (const here of document.querySelectorAll(".bar nav a[aria-current], .workbar a[aria-current], .tabs a[aria-current]")) {
  const bar = here.closest("nav");
  bar.scrollLeft = Math.max(0, here.offsetLeft - bar.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2);
}

// A table that an address names stands in a closed part of the page.
function arrive() {
  const at = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const closed = at?.closest("details:not([open])");
  if (closed) {
    closed.open = true;
    at.scrollIntoView();
  }
}
window.addEventListener("hashchange", arrive);
arrive();
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && link.hash === location.hash) arrive();
});

const drop = document.getElementById("drop");
if (drop) {
  const pick = drop.querySelector("input[type=file]");
  const sending = drop.querySelector(".sending");
  const problem = drop.querySelector(".problem");

  async function walk(entry, path, out) {
    if (entry.isFile) {
      const file = await new Promise((good, bad) => { entry.file(good, bad); });
      out.push([path + file.name, file]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((good, bad) => { reader.readEntries(good, bad); });
      if (!some.length) return;
      for (const inner of some) await walk(inner, `${path}${entry.name}/`, out);
    }
  }

  function complain(text) {
    problem.textContent = text;
    problem.hidden = false;
    sending.hidden = true;
  }

  function send(files) {
    if (!files.length) return;
    problem.hidden = true;
    if (files.reduce((sum, [, file]) => sum + file.size, 0) > Number(drop.dataset.limit)) {
      complain(drop.dataset.toobig);
      return;
    }
    const body = new FormData();
    body.append("csrfmiddlewaretoken", drop.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [path, file] of files) {
      body.append("files", file, path.split("/").at(-1));
      body.append("paths", path);
    }
    sending.hidden = false;
    const bar = sending.querySelector("progress");
    const words = sending.querySelector("span");
    const request = new XMLHttpRequest();
    request.open("POST", location.pathname);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.total ? event.loaded / event.total : 0;
      words.textContent = `${Math.round(bar.value * 100)}%`;
    });
    request.addEventListener("load", () => {
      if (request.response?.next) location.href = request.response.next;
      else complain(drop.dataset.failed);
    });
    request.addEventListener("error", () => complain(drop.dataset.failed));
    request.send(body);
  }

  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const out = [];
    if (entries.length) for (const entry of entries) await walk(entry, "", out);
    else for (const file of event.dataTransfer.files) out.push([file.name, file]);
    send(out);
  });
  drop.addEventListener("submit", (event) => {
    event.preventDefault();
    send([...pick.files].map((file) => [file.webkitRelativePath || file.name, file]));
  });
  pick.addEventListener("change", () => send([...pick.files].map((file) => [file.webkitRelativePath || file.name, file])));
}
