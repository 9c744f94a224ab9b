
// The memory of `compute`, as large as this device gives it: one that is shared must say how large
// it may become, and phones refuse what a desktop grants. The build puts this behind the glue of
// wasm-bindgen and has it make the memory this way.
function largestMemory({ initial, maximum, shared }) {
  for (let most = maximum; ; most /= 2) {
    try {
      return new WebAssembly.Memory({ initial, maximum: most, shared });
    } catch (error) {
      // Less than 16 MB are of no use.
      if (most / 2 < Math.max(initial, 256)) throw error;
    }
  }
}
