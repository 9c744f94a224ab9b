// The page's service worker: registering it, and the one reload that makes a page
// isolated on a host that sets no headers.

const RELOADED = "concurrency-playground.reloaded-to-isolate";
const LONGEST_WAIT_MS = 5000;

/** Settles with nothing once the service worker answers this page's requests, or
 *  with the reason why it never will. May reload the page, once. */
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
  // A page that is about to reload is not ready for anything.
  if (isolate()) return new Promise(() => {});
  return undefined;
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

/** Reloads the page, so that it comes by way of the service worker, which adds the
 *  headers; whether it does so. Never twice in a row: a page that is still not isolated then stays.
 *
 *  The mark that says so is kept with the place in the tab's history. In sessionStorage, of which
 *  Chromium keeps a copy in each process, a page that was isolated before finds it again after it
 *  was removed: isolated pages live in a process of their own. */
function isolate() {
  try {
    const { [RELOADED]: reloaded, ...state } = history.state ?? {};
    if (crossOriginIsolated || reloaded) {
      if (reloaded && crossOriginIsolated) history.replaceState(state, "");
      return false;
    }
    history.replaceState({ ...state, [RELOADED]: true }, "");
    location.reload();
    return true;
  } catch {
    // Where nothing can be noted, a reload could repeat for ever: rather none.
    return false;
  }
}
