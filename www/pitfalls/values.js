// Values of every kind that a program may want to send to another process, and the form in which
// they can be sent. Loaded by the pitfall "unsendable"; each of them is named in
// src/pitfalls/programs/processes/sending.rs.

import { Account } from "./named.js";

function* countUp() {
  for (let number = 0; ; number++) yield number;
}

function firstOf(iterator, count) {
  return Array.from({ length: count }, () => iterator.next().value);
}

// A program of WebAssembly that holds nothing.
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

function detached() {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

const button = () => Object.assign(document.createElement("button"), { id: "run" });
const observed = () => new Proxy({ balance: 10 }, {});
const holder = () => ({ balance: 10, onChange: () => {} });
const refusal = () => Object.assign(new RangeError("the balance is 10"), { code: 7 });
// Only an isolated page has the class.
const shared = () => (globalThis.crossOriginIsolated ? new SharedArrayBuffer(8) : undefined);

const MAKE = {
  "function": () => (number) => number + 1,
  "generator": countUp,
  "promise": () => Promise.resolve(1),
  "node": button,
  "wasm-instance": () => new WebAssembly.Instance(new WebAssembly.Module(EMPTY)),
  "proxy": observed,
  "holder": holder,
  "port": () => new MessageChannel().port1,
  "weakmap": () => new WeakMap([[{}, 10]]),
  "detached": detached,
  "shared": shared,
  "instance": () => new Account(10),
  "error": refusal,
  "map": () => new Map([["balance", 10]]),
};

const INSTEAD = {
  "function": () => ({ named: "addOne" }),
  "generator": () => firstOf(countUp(), 3),
  "promise": () => Promise.resolve(1),
  "node": () => button().id,
  "wasm-instance": () => new WebAssembly.Module(EMPTY),
  "proxy": () => ({ ...observed() }),
  "holder": () => ({ balance: holder().balance }),
  "port": () => new MessageChannel().port1,
  "weakmap": () => new Map([["id 1", 10]]),
  "detached": () => new ArrayBuffer(8),
  "shared": shared,
  "instance": () => ({ named: "Account", balance: 10 }),
  "error": () => ({ message: refusal().message, code: refusal().code }),
  "map": () => new Map([["balance", 10]]),
};

// Posts the value of this kind to `worker`, which looks for `members` in it; or, `instead`, the form
// in which it can be sent. Gives "posted", "none" where this page has no such value, or what the browser
// throws where it refuses the value. Throws where the value cannot even be made.
export async function post(worker, kind, members, instead) {
  const value = instead ? await INSTEAD[kind]() : MAKE[kind]();
  if (value === undefined) return "none";
  const transfer = instead && value instanceof MessagePort ? [value] : [];
  try {
    worker.postMessage({ value, members }, transfer);
    return "posted";
  } catch (refusal) {
    return refusal;
  }
}
