// A process of a demonstration on the primitives' pages: a worker that does what its parent tells it, with
// the ends of pipes and the shared memory that it is given. It says what came of it in numbers.
// src/executors/pitfalls/processes/primitives.rs tells what those are.

const now = () => performance.timeOrigin + performance.now();

// A pipe's end from which a program receives: what has arrived, and who waits for it.
function receiver(port) {
  const arrived = [], waiting = [];
  port.onmessage = ({ data }) => (waiting.length ? waiting.shift()(data) : arrived.push(data));
  return () => (arrived.length ? arrived.shift() : new Promise((go) => waiting.push(go)));
}

// A lock in the first word of shared memory, as the one of `threading`: 0 is free, 1 held, 2 wanted.
const lock = {
  acquire(words) {
    if (Atomics.compareExchange(words, 0, 0, 1) === 0) return;
    while (Atomics.exchange(words, 0, 2) !== 0) Atomics.wait(words, 0, 2);
  },
  release(words) {
    if (Atomics.exchange(words, 0, 0) === 2) Atomics.notify(words, 0, 1);
  },
};

// How much to add: 1, after some steps. A process that loses its core then loses it most likely between its
// read and its write, so that additions are lost even where both take turns on one core.
function one() {
  let all = 1;
  for (let step = 0; step < 8; step++) all = Math.imul(all ^ (2 * step), 0x9e3779b1);
  return all & 1;
}

// What two processes add to is read and written apart, as `value.value += one()` does.
function addTo(words, at, times) {
  for (let n = 0; n < times; n++) {
    const read = Atomics.load(words, at);
    Atomics.store(words, at, read + one());
  }
}

const DO = {
  // Works for a moment, and ends with this exit code.
  async exit(code) {
    await new Promise((go) => setTimeout(go, 20));
    return [code];
  },

  // Never returns.
  spin() {
    for (;;);
  },

  // Owns a queue: whoever asks gets the next item, and waits while there is none. `null` is a poison pill.
  async queue(count, [producer, ...consumers]) {
    const items = [], asking = [];
    const hand = (port) => port.postMessage(items.shift());
    let left = consumers.length;
    await new Promise((go) => {
      producer.onmessage = ({ data }) => {
        items.push(data);
        if (asking.length) hand(asking.shift());
      };
      for (const port of consumers) {
        port.onmessage = ({ data }) => {
          if (data === "end") return --left || go();
          if (items.length) hand(port);
          else asking.push(port);
        };
      }
    });
    return [items.length];
  },

  // Puts the numbers from 1 on, and then a pill for each consumer.
  produce(count, [queue], [pills]) {
    for (let item = 1; item <= count; item++) queue.postMessage(item);
    for (let pill = 0; pill < pills; pill++) queue.postMessage(null);
    return [count];
  },

  // Takes items until a pill comes: how many there were, their sum, and how long it took.
  async consume(_, [queue]) {
    const next = receiver(queue);
    const began = now();
    let taken = 0, sum = 0;
    for (;;) {
      queue.postMessage("get");
      const item = await next();
      if (item === null) break;
      taken++;
      sum += item;
    }
    queue.postMessage("end");
    return [taken, sum, now() - began];
  },

  // Sends back so many messages.
  async echo(count, [pipe]) {
    const next = receiver(pipe);
    for (let n = 0; n < count; n++) pipe.postMessage(await next());
    return [count];
  },

  // Sends messages of so many bytes one by one, each when the one before has come back: how many came back
  // whole, and how long that took.
  async call(count, [pipe], [bytes]) {
    const next = receiver(pipe);
    let whole = 0;
    const began = now();
    for (let n = 0; n < count; n++) {
      pipe.postMessage(new Uint8Array(bytes).fill(n));
      const came = await next();
      if (came.length === bytes && came[bytes - 1] === n % 256) whole++;
    }
    return [whole, now() - began];
  },

  // Owns a dict and serves it until each client has ended: what the dict holds at last.
  async manage(_, clients) {
    const dict = new Map([["count", 0]]);
    let left = clients.length;
    await new Promise((go) => {
      for (const port of clients) {
        port.onmessage = ({ data: [method, key, value] }) => {
          if (method === "end") return --left || go();
          if (method === "set") dict.set(key, value);
          if (method === "add") dict.set(key, dict.get(key) + value);
          port.postMessage(dict.get(key));
        };
      }
    });
    return [dict.get("count")];
  },

  // Adds 1 so often: by two calls, a read and a write, or by one that the manager carries out. How many
  // calls that took, and how long.
  async add(count, [manager], [isOneCall]) {
    const next = receiver(manager);
    const call = (...args) => (manager.postMessage(args), next());
    const began = now();
    for (let n = 0; n < count; n++) {
      if (isOneCall) await call("add", "count", 1);
      else await call("set", "count", (await call("get", "count")) + 1);
    }
    const took = now() - began;
    manager.postMessage(["end"]);
    return [isOneCall ? count : 2 * count, took];
  },

  // Adds 1 so often to the word at this place of shared memory, whose first word is a lock. Begins once the
  // second word counts two.
  shared(count, _, [at, isLocked], words) {
    Atomics.add(words, 1, 1);
    Atomics.notify(words, 1);
    if (Atomics.load(words, 1) < 2) Atomics.wait(words, 1, 1, 5000);
    const began = now();
    if (isLocked) {
      for (let n = 0; n < count; n++) {
        lock.acquire(words);
        addTo(words, at, 1);
        lock.release(words);
      }
    } else {
      addTo(words, at, count);
    }
    return [count, now() - began];
  },
};

addEventListener("message", async ({ data: { task, count, ports, extra, shared } }) => {
  try {
    const words = shared && new Int32Array(shared.buffer, shared.byteOffset, shared.byteLength / 4);
    postMessage({ told: await DO[task](count, ports, extra, words) });
  } catch (failure) {
    postMessage({ failed: String(failure) });
  }
});

// From here on it receives.
postMessage({ began: "process" });
