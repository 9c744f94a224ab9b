// The library knows a browser by its `window`, which a worker has not: without this, 0.5.15
// refuses to start there ("Unsupported JavaScript runtime environment").
globalThis.window = globalThis;
