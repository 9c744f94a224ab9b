// Loads the part of the page's program that a first visit does not wait for. `xtask/split` has
// taken it out of the rest, and calls it by way of a table that instantiating it fills.
const ADDRESS = "app_deferred.wasm";
const STYLES = "deferred.css";
let isLoaded = false;
let loading;

// Loads it. Until that is done, and where it fails, `loadNow` is called where it is needed.
export function load(first) {
  return loading ??= Promise.all([compile(), addStyles()])
    .then(([module]) => instantiate(module, first)).catch(() => {});
}

// Adds the styles of what is in it; settles once they are there, or cannot be had.
function addStyles() {
  const selector = `link[href="${STYLES}"]`;
  if (document.querySelector(selector)) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLES });
  const settled = new Promise((resolve) => { link.onload = link.onerror = resolve; });
  // Those for paper come last.
  const paper = document.querySelector('link[media="print"]');
  if (paper) paper.before(link);
  else document.head.append(link);
  return settled;
}

async function compile() {
  const answer = await fetch(ADDRESS);
  if (!answer.ok) throw new Error(`${ADDRESS} was answered with ${answer.status}.`);
  return WebAssembly.compile(await answer.arrayBuffer());
}

// Waits for it. A call of a function cannot wait for a promise, so this holds up the page.
export function loadNow(first) {
  if (isLoaded) return;
  addStyles();
  try {
    const request = new XMLHttpRequest();
    request.open("GET", ADDRESS, false);
    // Of a request that waits only text can be had: this makes a character of every byte.
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status !== 200) throw new Error(`${ADDRESS} was answered with ${request.status}.`);
    const bytes = Uint8Array.from(request.response, (it) => it.charCodeAt(0));
    instantiate(new WebAssembly.Module(bytes), first);
  } catch (error) {
    // www/not_started.js says so.
    dispatchEvent(new CustomEvent("not-loaded", { detail: String(error?.message ?? error) }));
    throw error;
  }
}

function instantiate(module, first) {
  if (isLoaded) return;
  new WebAssembly.Instance(module, { first });
  isLoaded = true;
}
