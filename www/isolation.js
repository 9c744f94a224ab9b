// The page's service worker: registering it, and the one reload that makes a page
// isolated on a host that sets no headers.

const RELOADS = "concurrency-playground.reloads-to-isolate";
const MOST_RELOADS = 10; // A reader who reloads again and again must not come to it.
const RELOADS_WITHIN_MS = 60_000;
const SHOWN_AGAIN_MS = 100;
const LONGEST_WAIT_MS = 5000;

/** Settles with nothing once the service worker answers this page's requests, or with what is in
 *  its way: a word that `src/browser/capabilities.rs` knows, or what was thrown. May reload the
 *  page. */
export async function serviceWorker() {
  try {
    const container = navigator.serviceWorker; // A sandboxed frame throws.
    if (!container) return whyNone();
    // What it imports is as new as itself.
    const registration = await container.register("sw.js", { scope: "./", updateViaCache: "none" });
    if (!(await controlled(container, registration))) return isFramed() ? whyNone() : "late";
  } catch (error) {
    return isFramed() ? whyNone() : error;
  }
  if (!isolate()) return undefined;
  // A page that is about to reload is not ready for anything. For a hard reload of the page that
  // comes of it, Chromium shows this very one once more, as if the reader had gone back, and
  // ignores a reload that is asked for before it is done with that.
  return new Promise((resolve) => {
    const again = () => isolate() || resolve();
    addEventListener("pageshow", ({ persisted }) => persisted && setTimeout(again, SHOWN_AGAIN_MS));
  });
}

const isFramed = () => window !== window.top;

/** Why there are no service workers here. */
function whyNone() {
  if (!isSecureContext) return "plain-http";
  return isFramed() ? "frame" : "not-allowed";
}

/** Whether the service worker answers this page's requests, once it does or does not in time. */
function controlled(container, registration) {
  if (container.controller) return true;
  // After a reload that passed the service worker by, it is long active and would
  // not take the page over by itself.
  registration.active?.postMessage("claim");
  return new Promise((resolve) => {
    container.addEventListener("controllerchange", () => resolve(true), { once: true });
    setTimeout(() => resolve(false), LONGEST_WAIT_MS);
  });
}

/** Reloads the page, so that it comes by way of the service worker, which adds the headers; whether
 *  it does so. A page that came that way and is not isolated would not be after a reload either.
 *
 *  Developer tools can keep a page from its service worker for good, so reloads are counted. The
 *  count is never taken back: isolated pages live in a process of their own, and what one removes
 *  from sessionStorage Chromium still shows to the page that a hard reload brings, in another. */
function isolate() {
  const [navigation] = performance.getEntriesByType("navigation");
  if (crossOriginIsolated || navigation?.workerStart > 0) return false;
  try {
    const now = Date.now();
    const noted = JSON.parse(sessionStorage.getItem(RELOADS) ?? "[]");
    const recent = noted.filter((at) => now - at < RELOADS_WITHIN_MS);
    if (recent.length >= MOST_RELOADS) return false;
    sessionStorage.setItem(RELOADS, JSON.stringify([...recent, now]));
    location.reload();
    return true;
  } catch {
    // Where nothing can be noted, a reload could repeat for ever: rather none.
    return false;
  }
}
