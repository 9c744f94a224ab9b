// Starts the page. A file of its own, because the page's Content-Security-Policy
// allows no script inside of it.
import init, { start } from "./app.js";
import { serviceWorker } from "./isolation.js";

const answering = serviceWorker();
try {
  await init();
  globalThis.playground = start(answering);
} catch (error) {
  const text = `The page could not start (${error?.message ?? error}). Reload it, or use a current browser.`;
  document.body.append(Object.assign(document.createElement("p"), { textContent: text }));
}
