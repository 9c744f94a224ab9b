// The page's service worker: registering it, and the one reload that makes a page
// isolated on a host that sets no headers.

const RELOADS = "concurrency-playground.reloads-to-isolate";
const MOST_RELOADS = 10; // A reader who reloads again and again must not come to it.
const RELOADS_WITHIN_MS = 60_000;
const SHOWN_AGAIN_MS = 100;
const LONGEST_WAIT_MS = 5000;

/** Settles with nothing once the service worker answers this page's requests, or
 *  with the reason why it never will. May reload the page. */
export async function serviceWorker() {
  try {
    const container = navigator.serviceWorker; // A sandboxed frame throws.
    if (!container) return `${whyNone()}, or choose timed waits.`;
    // What it imports is as new as itself.
    const registration = await container.register("sw.js", { scope: "./", updateViaCache: "none" });
    await controlled(container, registration);
  } catch (error) {
    const reason = isFramed() ? whyNone() : `The page's service worker could not start: ${said(error)} Reload the page`;
    return `${reason}, or choose timed waits.`;
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

const said = (error) => String(error?.message ?? error).replace(/[^.]$/, "$&.");
const isFramed = () => window !== window.top;

/** Why there are no service workers here, and what to do. */
function whyNone() {
  if (!isSecureContext) {
    return "This page came by plain http, and browsers allow it a service worker by https only. Open it by https";
  }
  if (isFramed()) {
    return "The frame that this page is in allows no service worker. Open the page in a tab of its own";
  }
  return "This browser allows no service worker, as private windows do. Open the page in a window that is not private";
}

function controlled(container, registration) {
  if (container.controller) return undefined;
  // After a reload that passed the service worker by, it is long active and would
  // not take the page over by itself.
  registration.active?.postMessage("claim");
  return new Promise((resolve, reject) => {
    container.addEventListener("controllerchange", () => resolve(), { once: true });
    setTimeout(() => reject(new Error("it did not take over in time.")), LONGEST_WAIT_MS);
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
