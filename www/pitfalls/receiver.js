// A worker that says what arrived: which class it has, what is in it, and what of it is gone.

import { lookUp } from "./named.js";

function contents(value) {
  if (typeof value !== "object") return [value.name ?? value];
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value].map(([key, item]) => `${key}: ${item}`);
  if (value instanceof Error) return [`message: ${value.message}`];
  if (value.byteLength !== undefined) return [`${value.byteLength} bytes`];
  return Object.entries(value).map(([key, item]) => `${key}: ${item}`);
}

addEventListener("message", ({ data }) => {
  const value = lookUp(data.value);
  postMessage({
    arrived: value.constructor.name,
    contents: contents(value).join(", "),
    lost: data.members.filter((member) => !(member in value)),
  });
});

addEventListener("messageerror", () => postMessage({ failed: "the message could not be read" }));

// From here on it receives.
postMessage({ began: "receiver" });
