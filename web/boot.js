//! Starts the page: fetches its program, shows how far it is, and says honestly when it can't start.
//!
//! All paths are relative, so the page works below any address. The `?v=…` that this script was asked for
//! by is handed on to everything it loads, so that a browser never mixes the parts of two releases.
const version = new URL(import.meta.url).search;
const part = (name) => new URL(`./${name}${version}`, import.meta.url).href;

/** What the program asks of its surroundings: what lies beside it and is loaded when it is first wanted. */
globalThis.scpPlayground = {
  loadEditor: () => import(part("editor.js")),
  loadModule: (name) => import(part(name)),
  canShare: () => typeof navigator.share === "function",
  share: (url) => navigator.share({ title: document.title, url }),
  fetchText: async (name) => (await fetchPart(name)).text(),
  // Each open tab holds a lock with its id, so that others know that it is open. Where there are no locks, nobody knows.
  holdTab: (id) => navigator.locks?.request(`scp-playground.tab.${id}`, () => new Promise(() => {})).catch(console.info),
  openTabs: async () => ((await navigator.locks?.query())?.held ?? []).map(({ name }) => name.replace("scp-playground.tab.", "")).join(" "),
  // A later part of the program; the right type lets the browser compile it while it comes, whatever the server says.
  fetchProgram: async (name) => new Response((await fetchPart(name)).body, { headers: { "content-type": "application/wasm" } }),
  fetchBytes: async (name) => new Uint8Array(await (await fetchPart(name)).arrayBuffer()),
};

/** Set while a new release waits; the program hears of it by this event, and takes it when the person wants it. */
globalThis.scpPlayground.hasNewRelease = false;
const newRelease = () => {
  globalThis.scpPlayground.hasNewRelease = true;
  dispatchEvent(new Event("scp-playground-release"));
};

try {
  asLastTime();
} catch (error) {
  // The browser keeps nothing for this page: then it opens as for a stranger.
  console.info(error);
}

try {
  await start();
  // After the program, which needs the network more. Without a version this is no built page, and embedded it is a guest.
  if (version && window === window.top) await keepForOffline().catch(console.info);
} catch (error) {
  fail(error);
}

/** The frame looks as the page was left: theme, widths, and no example where the person's own scenario or a link is to come. */
function asLastTime() {
  const theme = localStorage.getItem("scp-playground.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const [left, right] = (localStorage.getItem("scp-playground.panes") ?? "").split(" ").map(Number);
  const panes = document.querySelector(".boot-panes");
  if (left > 0 && right > 0) {
    panes?.style.setProperty("--left-width", `${left}px`);
    panes?.style.setProperty("--right-width", `${right}px`);
  }
  const own = Object.keys(localStorage).some((key) => key.startsWith("scp-playground.own."));
  if (own || location.hash.length > 1) document.querySelectorAll(".boot-seed").forEach((it) => it.remove());
}

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly, or it is switched off (some browsers do so in their strictest mode)");
  }
  const [{ default: init }, program] = await Promise.all([
    import(part("scp-playground-web.js")),
    fetchProgram("scp-playground-web_bg.wasm"),
  ]);
  await init({ module_or_path: program });
}

/** Keeps the page for when there is no network, and tells of new releases. */
async function keepForOffline() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const registration = await workers.register(new URL("./sw.js", import.meta.url), { updateViaCache: "none" });
  const hadWorker = Boolean(workers.controller);
  let taking = false;
  globalThis.scpPlayground.takeNewRelease = () => {
    taking = true;
    if (registration.waiting) registration.waiting.postMessage("take over");
    else location.reload();
  };
  workers.addEventListener("controllerchange", () => {
    if (taking) location.reload();
    // Another tab has taken it.
    else if (hadWorker) newRelease();
  });
  const look = (worker) => {
    const arrived = () => worker.state === "installed" && hadWorker && newRelease();
    worker.addEventListener("statechange", arrived);
    arrived();
  };
  if (registration.waiting) look(registration.waiting);
  registration.addEventListener("updatefound", () => look(registration.installing));
  // A page that stays open for days hears of a release when it is looked at again.
  const HOUR = 3_600_000;
  let asked = performance.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || performance.now() - asked < HOUR) return;
    asked = performance.now();
    registration.update().catch(console.info);
  });
}

async function fetchPart(name) {
  const address = part(name);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${new URL(address).pathname}`);
  return response;
}

async function fetchProgram(name) {
  const response = await fetchPart(name);
  // The length tells of the bytes on the wire, so it says nothing about a compressed answer.
  const compressed = response.headers.get("content-encoding");
  const length = compressed ? 0 : Number(response.headers.get("content-length"));
  const counted = response.body.pipeThrough(counter((received) => show(received, length)));
  // The right type lets the browser compile while it receives, even if the server does not know the type.
  return new Response(counted, { headers: { "content-type": "application/wasm" } });
}

function counter(report) {
  let received = 0;
  return new TransformStream({
    transform(chunk, controller) {
      received += chunk.byteLength;
      report(received);
      controller.enqueue(chunk);
    },
  });
}

function show(received, length) {
  const progress = document.getElementById("boot-progress");
  if (!progress) return;
  if (length > 0) {
    progress.max = length;
    progress.value = received;
  }
  progress.title = `${Math.round(received / 1000)} KB`;
}

function fail(error) {
  console.error(error);
  const state = document.getElementById("boot-state");
  if (!state) return;
  const what = document.createElement("p");
  what.textContent = `SCP Playground could not start: ${error?.message ?? error}.`;
  const advice = document.createElement("p");
  advice.textContent = "Nothing you saved is lost. Reloading the page helps when the connection was interrupted.";
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Reload";
  again.addEventListener("click", () => location.reload());
  state.setAttribute("role", "alert");
  state.replaceChildren(what, advice, again);
  document.body.classList.add("boot-failed");
}
