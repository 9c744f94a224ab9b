// What the benchmark imports into the page: who is measured, and the way to do it.
import * as comlink from "./libraries/comlink.js";
import * as pool from "./libraries/pool.js";
import * as poolifier from "./libraries/poolifier.js";
import * as raw from "./libraries/raw.js";
import * as threads from "./libraries/threads.js";
import * as workerpool from "./libraries/workerpool.js";
import { measuresOf, setTrips } from "./measures.js";
import { measures as playground } from "./playground.js";

const PEERS = {
  playground,
  pool: measuresOf(pool),
  raw: measuresOf(raw),
  comlink: measuresOf(comlink),
  workerpool: measuresOf(workerpool),
  threads: measuresOf(threads),
  poolifier: measuresOf(poolifier),
};

/** No figure takes longer, unless somebody waits for what never comes. */
const PATIENCE_MS = 60_000;

/** Has all take as many round trips in a row as the playground does. */
export const evenTrips = async () => {
  const trips = await playground.trips();
  setTrips(trips);
  return trips;
};

/** One figure of one of them; nothing where it has none of this name. */
export const measure = (peer, what) => {
  const { promise: tooLong, reject } = Promise.withResolvers();
  const timer = setTimeout(() => reject(new Error("it does not end")), PATIENCE_MS);
  return Promise.race([PEERS[peer][what]?.(), tooLong]).finally(() => clearTimeout(timer));
};
