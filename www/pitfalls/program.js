// The program of the pitfall "main-guard". Each worker runs it from its first line, as each process
// of Python that is spawned runs the main module again.

// How many workers a worker starts, and how many generations there are at the most: without an end
// they would be more and more, until the browser stops them.
const CHILDREN = 2;
const GENERATIONS = 3;

// "2.1" is the first worker that the second one started.
const path = self.name;
const generation = path.split(".").length;
postMessage({ began: path });

// Kept, because Firefox ends a worker that nothing refers to.
const workers = [];

function startWorkers() {
  for (let child = 1; child <= CHILDREN; child++) {
    const worker = new Worker(import.meta.url, { type: "module", name: `${path}.${child}` });
    worker.onmessage = ({ data }) => postMessage(data);
    worker.onerror = (event) => postMessage({ failed: event.message || "a worker did not load" });
    workers.push(worker);
  }
}

// The main guard: only the page is the main program, and only it has a document.
const isGuarded = new URL(import.meta.url).searchParams.has("guarded");
const isMain = typeof document !== "undefined";
if ((isMain || !isGuarded) && generation < GENERATIONS) startWorkers();
