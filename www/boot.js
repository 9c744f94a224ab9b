// Starts the page. A file of its own, because the page's Content-Security-Policy
// allows no script inside of it.
import init, { start } from "./app.js";
import { serviceWorker } from "./isolation.js";

const answering = serviceWorker();
try {
  await init();
  globalThis.playground = start(answering);
} catch (error) {
  // www/not_started.js says so.
  dispatchEvent(new CustomEvent("not-started", { detail: String(error?.message ?? error) }));
}
