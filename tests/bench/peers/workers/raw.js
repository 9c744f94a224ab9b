import { read, tiny } from "../task.js";

onmessage = ({ data }) => {
  postMessage(typeof data === "number" ? tiny(data) : read(data.bytes, data.step));
};
