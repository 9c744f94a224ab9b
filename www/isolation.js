// The page's service worker: registering it, and the one reload that makes a page
// isolated on a host that sets no headers.

const RELOADED = "concurrency-playground.reloaded-to-isolate";
const LONGEST_WAIT_MS = 5000;

/** Settles with nothing once the service worker answers this page's requests, or
 *  with the reason why it never will. May reload the page, once. */
export async function serviceWorker() {
  const container = serviceWorkerContainer();
  if (!container) {
    return "This browser, or the frame that the page is in, allows no service worker. Choose timed waits.";
  }
  try {
    const registration = await container.register("sw.js", { scope: "./" });
    await controlled(container, registration);
  } catch (error) {
    return `The page's service worker could not start: ${String(error?.message ?? error)} Choose timed waits.`;
  }
  // A page that is about to reload is not ready for anything.
  if (isolate()) return new Promise(() => {});
  return undefined;
}

function serviceWorkerContainer() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined; // A sandboxed frame throws.
  }
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
 *  headers; whether it does so. Never twice in a row: a page that is still not isolated then stays. */
function isolate() {
  try {
    if (crossOriginIsolated) {
      sessionStorage.removeItem(RELOADED);
    } else if (!sessionStorage.getItem(RELOADED)) {
      sessionStorage.setItem(RELOADED, "yes");
      location.reload();
      return true;
    }
  } catch {
    // Where nothing can be noted, a reload could repeat for ever: rather none.
  }
  return false;
}
