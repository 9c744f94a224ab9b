// `node build.js <folder>`: the page's script and a script per worker, each whole.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const [outdir] = process.argv.slice(2);
if (!outdir) throw new Error("give the folder to build into");

await build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: ["peers.js", "workers/*.js"],
  outdir,
  outbase: ".",
  bundle: true,
  minify: true,
  format: "esm",
  target: "esnext",
  logLevel: "warning",
  // Named where the libraries find themselves in Node.js, and never loaded in a browser.
  external: ["child_process", "os", "process", "worker_threads"],
});
