// Bare module workers, tasks dealt in turn, with no more than it takes to give each a
// promise. A worker answers in the order in which it was asked, so nothing is numbered.

const URL_OF_WORKER = new URL("workers/raw.js", import.meta.url);

class Lane {
  #worker = new Worker(URL_OF_WORKER, { type: "module" });
  #waiting = [];
  #answered = 0;

  constructor() {
    this.#worker.onmessage = ({ data }) => {
      const { resolve } = this.#waiting[this.#answered];
      this.#answered += 1;
      if (this.#answered === this.#waiting.length) {
        this.#waiting = [];
        this.#answered = 0;
      }
      resolve(data);
    };
    this.#worker.onerror = ({ message }) => this.#waiting.forEach(({ reject }) => reject(message));
  }

  ask(message, transferred) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(message, transferred);
    });
  }

  end() {
    this.#worker.terminate();
  }
}

export const open = (workers) => {
  const lanes = Array.from({ length: workers }, () => new Lane());
  let turn = 0;
  const next = () => lanes[turn++ % workers];
  return {
    run: (n) => next().ask(n),
    read: (bytes, step, transfer) => next().ask({ bytes, step }, transfer ? [bytes.buffer] : []),
    /** When a worker has `bytes`, in ms since the epoch. */
    reach: (bytes, transfer) => next().ask({ bytes }, transfer ? [bytes.buffer] : []),
    close: () => lanes.forEach((lane) => lane.end()),
  };
};
