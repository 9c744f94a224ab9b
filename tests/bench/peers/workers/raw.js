import { read, tiny } from "../task.js";

onmessage = ({ data }) => {
  if (typeof data === "number") postMessage(tiny(data));
  else if (data.step) postMessage(read(data.bytes, data.step));
  else postMessage(performance.timeOrigin + performance.now());
};
